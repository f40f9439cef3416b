import type { AlertContext, AlertTask, Search } from "@mozdef/alert";
import { differences, printDifferences } from "../compare/differences.ts";
import { wrapTask } from "../task/wrap-task.ts";
import { onAnotherDay } from "./another-day.ts";
import { tapeOf } from "./tape.ts";

/** A task that behaves as the one it stands for, and what was learned about it on the way. */
export interface Probe {
  readonly task: AlertTask<unknown>;
  /** What `main` returned, over all runs. */
  readonly searches: readonly Search[];
  /** Sentences about what differed when the same was done twice. */
  readonly problems: readonly string[];
}

/**
 * Calls `main` and every hook twice, the second time on another day, with other random numbers and with what the outside world
 * answered the first time. An alert has to say the same: its tests would otherwise pass today and fail tomorrow.
 */
export const probeTask = (task: AlertTask<unknown>): Probe => {
  const searches: Search[] = [];
  const problems: string[] = [];
  const twice = async <Context extends AlertContext, T>(
    name: string,
    context: Context,
    call: (context: Context) => T,
  ): Promise<Awaited<T>> => {
    const { recording, replaying, stored } = tapeOf(context);
    const first = await call(recording);
    const problem = await secondTime(first, () => call(replaying));
    const kept = problem ?? compare(stored.recording, stored.replaying);
    if (kept !== null) problems.push(`${task.name}.${name} ${kept}`);
    return first;
  };
  const wrapper = wrapTask(task, {
    main: async (context, main) => {
      const returned = await twice("main", context, main);
      searches.push(...[returned].flat());
      return returned;
    },
    hook: ({ name, context }, hook) => twice(name, context, hook),
  });
  return { task: wrapper, searches, problems };
};

const secondTime = async (first: unknown, call: () => unknown): Promise<string | null> => {
  try {
    return compare(first, await onAnotherDay(call));
  } catch (cause) {
    return `failed when it was called again with the same input: ${cause instanceof Error ? cause.message : String(cause)}.`;
  }
};

const ADVICE =
  "Use context.now instead of the machine's clock, no random numbers, and keep nothing in the instance or the module.";

const compare = (first: unknown, second: unknown): string | null => {
  const [one, two] = [plain(first), plain(second)];
  if (one === two) return null;
  const places = differences(JSON.parse(one), JSON.parse(two));
  const detail = places.map((place) => ({
    ...place,
    expected: `${place.expected} (first)`,
    received: `${place.received} (second)`,
  }));
  return `said something else when it was called again with the same input. ${ADVICE}\n${printDifferences(detail)}`;
};

/** As JSON: what a search and a draft are made of. */
const plain = (value: unknown): string => JSON.stringify(value ?? null);
