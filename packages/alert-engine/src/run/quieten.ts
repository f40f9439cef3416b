import type { NewAlert } from "@mozdef/alert/runtime";
import { type Addition, type AlertStore, type NewestAlert, newestAlerts, StoreError } from "@mozdef/alert-store";
import type { EvaluatedRun } from "./run-values.ts";

/** An alert whose search says for how long it speaks for what is about the same. */
type QuietAlert = NewAlert & { readonly quietMs: number };

const isQuiet = (alert: NewAlert): alert is QuietAlert => alert.quietMs !== undefined;

const keyOf = ({ alert: { _source } }: NewAlert): string => JSON.stringify([_source.classname, _source.groupkey ?? ""]);

/** How many times as many as at first make a new alert within the quiet time. */
const GROWTH = 10;

/**
 * Between the hooks and the plugins: what is about the same as an alert whose quiet time has not passed is added to it. Asks the store
 * once, and only when such an alert would be made.
 *
 * @param newestOf - Knows the newest alerts. Default: the store.
 */
export const quieten = async (
  store: AlertStore,
  runs: readonly EvaluatedRun[],
  slot: Date,
  newestOf: typeof newestAlerts = newestAlerts,
): Promise<readonly EvaluatedRun[]> => {
  const wanted = [
    ...new Map(runs.flatMap(({ alerts }) => alerts.filter(isQuiet)).map((alert) => [keyOf(alert), alert])).values(),
  ];
  if (wanted.length === 0) return runs;
  const asked = wanted.map(({ alert: { _source } }) => ({ name: _source.classname, groupkey: _source.groupkey ?? "" }));
  try {
    const newest = await newestOf(store, asked, slot);
    const known = new Map(wanted.map((alert, index) => [keyOf(alert), standingOf(newest[index] ?? null, alert, slot)]));
    return runs.map((run) => quietRun(run, known, slot));
  } catch (error) {
    if (!(error instanceof StoreError)) throw error;
    // What can be asked again is; else rather an alert too many than none.
    const later = error.retryable ? { alerts: [], isComplete: false } : {};
    return runs.map((run) => (run.alerts.some(isQuiet) ? { ...run, ...later, errors: [...run.errors, error] } : run));
  }
};

/** What there is of a group when a run begins. */
interface Standing {
  /** The alert that others are added to; null when there is none. */
  readonly open: NewestAlert | null;
  /** The id of the alert about the same that people have closed; null when there is none. */
  readonly closed: string | null;
}

const NOTHING: Standing = { open: null, closed: null };

/**
 * One that people have closed still speaks for its group: they know of it, and are told again once it has grown, or once the quiet time has
 * passed. One that the service has closed was over, so what comes has begun anew; to a slot from before that, which is run late, it was open.
 */
const standingOf = (newest: NewestAlert | null, { quietMs }: QuietAlert, slot: Date): Standing => {
  if (newest === null || isOver(newest, slot)) return NOTHING;
  const speaks = Date.parse(newest.utctimestamp) > slot.getTime() - quietMs;
  return { open: speaks ? newest : null, closed: newest.status === "closed" ? newest.id : null };
};

const isOver = ({ closereason, closedat }: NewestAlert, slot: Date): boolean =>
  closereason === "resolved" && (closedat === null || Date.parse(closedat) <= slot.getTime());

/** What is known of a group on the way through the alerts of a run. */
interface Spokesman {
  /** The alert in the store that others are added to; null when it is made by this run. */
  readonly open: NewestAlert | null;
  /** The alert that people had closed before this one; null when there is none. */
  readonly previous: string | null;
  /** Those that are added to it; for one that is made by this run, it comes first. */
  readonly alerts: readonly QuietAlert[];
  /** Events from which there is a new alert. */
  readonly limit: number;
  readonly count: number;
}

const quietRun = (run: EvaluatedRun, known: ReadonlyMap<string, Standing>, slot: Date): EvaluatedRun => {
  const groups = new Map<string, Spokesman[]>();
  const loud: NewAlert[] = [];
  for (const alert of run.alerts)
    if (isQuiet(alert)) take(groups, alert, known.get(keyOf(alert)) ?? NOTHING);
    else loud.push(alert);
  const spokesmen = [...groups.values()].flat();
  const made = spokesmen.filter(({ open }) => open === null).map(merged);
  return {
    ...run,
    // In the order in which the hooks made them.
    alerts: [...loud, ...made].sort((a, b) => placeOf(run, a) - placeOf(run, b)),
    added: spokesmen.flatMap((spokesman) => additionOf(spokesman, slot) ?? []),
  };
};

const placeOf = ({ alerts }: EvaluatedRun, { alert }: NewAlert): number =>
  alerts.findIndex((made) => made.alert._id === alert._id);

const countOf = ({ alert: { _source } }: NewAlert): number => _source.count ?? 1;

/** Nothing grows where nothing comes: that it is found again and again says no more than that it goes on. */
const isOfSilence = ({ covers, coversFurther = [] }: NewAlert): boolean => covers.length + coversFurther.length === 0;

const take = (groups: Map<string, Spokesman[]>, alert: QuietAlert, { open, closed }: Standing): void => {
  const key = keyOf(alert);
  const spokesmen = groups.get(key) ?? (open === null ? [] : [speaking(open)]);
  const last = spokesmen.at(-1);
  const count = (last?.count ?? 0) + countOf(alert);
  // A run that is done again makes the alert that it has made.
  const isSame = last?.open?.id === alert.alert._id;
  const hasGrown = !isOfSilence(alert) && last !== undefined && count >= last.limit;
  // Of those that are made at once, the first follows the one that was closed.
  const isFirst = !isSame && last?.open !== null;
  if (last === undefined || isSame || hasGrown)
    groups.set(key, [
      ...spokesmen,
      { open: null, previous: isFirst ? closed : null, alerts: [alert], limit: GROWTH * count, count },
    ]);
  else groups.set(key, [...spokesmen.slice(0, -1), { ...last, alerts: [...last.alerts, alert], count }]);
};

const speaking = (open: NewestAlert): Spokesman => ({
  open,
  previous: null,
  alerts: [],
  limit: GROWTH * open.firstcount,
  count: open.count,
});

/** The first alert of a group, with what the others cover. */
const merged = ({ alerts: [first, ...others], limit, previous }: Spokesman): NewAlert => {
  if (first === undefined) throw new Error("A group of alerts has none.");
  const all = [first, ...others];
  const further = all.flatMap(({ coversFurther = [] }) => coversFurther);
  const count = all.reduce((sum, alert) => sum + countOf(alert), 0);
  // What it grew to counts as where it began, so the next one is ten times as large again.
  const source = {
    ...first.alert._source,
    ...{ count, firstcount: Math.max(count, limit / GROWTH) },
    ...(previous !== null && { previous }),
  };
  return {
    ...first,
    alert: { ...first.alert, _source: source },
    covers: all.flatMap(({ covers }) => covers),
    ...(further.length > 0 && { coversFurther: further }),
  };
};

const additionOf = ({ open, alerts }: Spokesman, slot: Date): Addition | null =>
  open === null || alerts.length === 0
    ? null
    : { to: open, slot, count: alerts.reduce((sum, alert) => sum + countOf(alert), 0), covering: alerts };
