import type { estypes } from "@elastic/elasticsearch";
import { jsonWeight } from "@mozdef/alert/runtime";
import { parseEventJson } from "@mozdef/event-intake";
import { UNMAPPED } from "../schema/mappings.ts";
import type { PendingEvent } from "./prepare-event.ts";
import { lessOf } from "./rescue.ts";
import { storedForm } from "./unmapped.ts";

type Source = Readonly<Record<string, unknown>>;

/** An event that is stored elsewhere, on its way into an index that takes less than the one it comes from. */
export interface CopiedEvent {
  /** As it is to be stored now. */
  readonly source: Source;
  /** With less of it in its own fields and the rest in `unmapped`; undefined when even the least of it was refused. */
  readonly less: (error: estypes.ErrorCause | undefined, known: ReadonlySet<string>) => CopiedEvent | undefined;
}

/** What an event kept in `unmapped` before stays there. */
export const copiedEvent = (source: Source): CopiedEvent => {
  const { [UNMAPPED]: kept, ...event } = source;
  const taken = takenBefore(kept);
  const whole = { position: 0, id: "", characters: jsonWeight(source), stage: "whole" as const };
  const pending: PendingEvent =
    taken === undefined ? { ...whole, event: source, taken: {} } : { ...whole, event, taken };
  return { ...copied(pending), source };
};

const copied = (pending: PendingEvent): CopiedEvent => ({
  source: storedForm(pending),
  less: (error, known) => {
    const less = lessOf(pending, error, known);
    return less === undefined ? undefined : copied(less);
  },
});

const takenBefore = (kept: unknown): Source | undefined => {
  if (typeof kept !== "string") return undefined;
  try {
    const taken = parseEventJson(kept);
    return typeof taken === "object" && taken !== null && !Array.isArray(taken) ? (taken as Source) : undefined;
  } catch {
    return undefined;
  }
};
