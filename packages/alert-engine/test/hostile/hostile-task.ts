import { type AlertContext, AlertTask, eachEvent, type Hit, type HookContext } from "@mozdef/alert";
import type { createTask } from "@mozdef/alert/runtime";
import { SearchQuery, TermMatch } from "@mozdef/query";

export type TaskClass = Parameters<typeof createTask>[0];

/** What every hostile alert looks for: each minute has one. */
export const BAIT = SearchQuery({ minutes: 5 }).must(TermMatch("category", "door"));

export const DRAFT = { summary: "hostile", category: "hostile", tags: [], severity: "NOTICE" } as const;

/** Does something in its hook. @param act - What it returns is the draft. */
export const inHook = (act: (event: Hit, context: HookContext) => unknown): TaskClass =>
  class extends AlertTask {
    main() {
      return eachEvent(BAIT);
    }
    onEvent(event: Hit, context: HookContext) {
      return act(event, context) as typeof DRAFT;
    }
  };

/** Does something in `main`. @param act - What it returns are the searches. */
export const inMain = (act: (context: AlertContext) => unknown): TaskClass =>
  class extends AlertTask {
    main(context: AlertContext) {
      return act(context) as ReturnType<AlertTask["main"]>;
    }
  };

/** Something that hostile code reaches although no type says so. */
export const untyped = (value: unknown): Record<string, never> & ((...given: unknown[]) => unknown) => value as never;
