import { type AlertStore, type EndedAlert, endedAlerts, type Resolution, StoreError } from "@mozdef/alert-store";
import type { EvaluatedRun } from "./run-values.ts";

/** The alerts of one name, and the run that has looked for what they tell of. */
interface Ending {
  readonly run: EvaluatedRun;
  readonly name: string;
  readonly afterMs: number;
}

/**
 * After the quiet time: open alerts that say so are over when a run has not found for so long what they tell of. Asks the store once, and
 * only when there are runs whose alerts end.
 */
export const resolve = async (
  store: AlertStore,
  runs: readonly EvaluatedRun[],
  slot: Date,
): Promise<readonly EvaluatedRun[]> => {
  const endings = runs
    .filter(hasLooked)
    .flatMap((run) => [...run.endings].map(([name, afterMs]): Ending => ({ run, name, afterMs })));
  if (endings.length === 0) return runs;
  try {
    const ended = await endedAlerts(
      store,
      endings.map(({ name, afterMs }) => ({ name, until: new Date(slot.getTime() - afterMs) })),
    );
    const resolved = new Map<EvaluatedRun, readonly Resolution[]>();
    for (const [place, ending] of endings.entries())
      resolved.set(ending.run, [
        ...(resolved.get(ending.run) ?? []),
        ...resolutionsOf(ending, ended[place] ?? [], slot),
      ]);
    return runs.map((run) => ({ ...run, resolved: resolved.get(run) ?? [] }));
  } catch (error) {
    if (!(error instanceof StoreError)) throw error;
    const asked = new Set(endings.map(({ run }) => run));
    // As for the quiet time: what can be asked again is. Else an alert that stays open hides nothing.
    const later = error.retryable ? { alerts: [], added: [], isComplete: false } : {};
    return runs.map((run) => (asked.has(run) ? { ...run, ...later, errors: [...run.errors, error] } : run));
  }
};

/** That nothing was found says nothing when something failed, or when there was nowhere to look. */
const hasLooked = ({ errors, warnings, isComplete }: EvaluatedRun): boolean =>
  errors.length === 0 && warnings.length === 0 && isComplete;

const keyOf = (name: string, groupkey: string): string => JSON.stringify([name, groupkey]);

const resolutionsOf = (
  { run, name, afterMs }: Ending,
  ended: readonly EndedAlert[],
  slot: Date,
): readonly Resolution[] => {
  if (ended.length === 0) return [];
  const found = foundBy(run);
  return ended
    .filter(({ groupkey }) => !found.has(keyOf(name, groupkey)))
    .map(({ index, id }) => ({ to: { index, id }, slot, afterMs }));
};

/** What the run has found again, whether it makes alerts or is added to some. */
const foundBy = ({ alerts, added }: EvaluatedRun): ReadonlySet<string> =>
  new Set(
    [...alerts, ...added.flatMap(({ covering }) => covering)].map(({ alert: { _source } }) =>
      keyOf(_source.classname, _source.groupkey ?? ""),
    ),
  );
