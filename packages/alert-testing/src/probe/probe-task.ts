import type { AlertContext, AlertTask, Search } from "@mozdef/alert";
import { differences, printDifferences } from "../compare/differences.ts";
import { onAnotherDay } from "./another-day.ts";
import { tapeOf } from "./tape.ts";

/** A task that behaves as the one it stands for, and what was learnt about it on the way. */
export interface Probe {
  readonly task: AlertTask<unknown>;
  /** What `main` returned, over all runs. */
  readonly searches: readonly Search[];
  /** Sentences about what came out differently when the same was done twice. */
  readonly problems: readonly string[];
}

type Hook = (this: AlertTask<unknown>, subject: unknown, context: AlertContext) => unknown;

/**
 * Calls `main` and every hook twice, the second time on another day, with other dice and with what the outside world
 * answered the first time. An alert has to say the same: its tests would otherwise pass today and fail tomorrow.
 */
export const probeTask = (task: AlertTask<unknown>): Probe => {
  const searches: Search[] = [];
  const problems: string[] = [];
  const twice = async <T>(
    name: string,
    context: AlertContext,
    call: (context: AlertContext) => T,
  ): Promise<Awaited<T>> => {
    const { recording, replaying, stored } = tapeOf(context);
    const first = await call(recording);
    const problem = await secondTime(first, () => call(replaying));
    const kept = problem ?? compare(stored.recording, stored.replaying);
    if (kept !== null) problems.push(`${task.name}.${name} ${kept}`);
    return first;
  };
  const hooks = (["onEvent", "onAggregation", "onNoEvent"] as const).flatMap((name) => {
    const hook: unknown = Reflect.get(task, name);
    if (typeof hook !== "function") return [];
    const wrapped: Hook = (subject, context) =>
      twice(name, context, (given) => (hook as Hook).call(task, subject, given));
    return [[name, { value: wrapped }] as const];
  });
  const main = async (context: AlertContext): Promise<unknown> => {
    const returned = await twice("main", context, (given) => task.main(given));
    searches.push(...[returned].flat());
    return returned;
  };
  // The wrapper inherits from the task, so that name and configuration are its own.
  const wrapper = Object.create(task, { main: { value: main }, ...Object.fromEntries(hooks) }) as AlertTask<unknown>;
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
