import { listRuns } from "@mozdef/alert-engine";
import { type AlertStore, countDispatches, listDispatches } from "@mozdef/alert-store";
import { documents, type Stored, timesOf } from "../support/documents.ts";
import { EVERY_S } from "./site.ts";

const of = (alerts: readonly Stored[], name: string): readonly Stored[] =>
  alerts.filter(({ _source }) => _source.classname === name);

const listed = (values: readonly string[]): string => `${values.length}: ${values.slice(0, 5).join(", ")}`;

/** What was posted, and what came of it. */
export interface Played {
  readonly store: AlertStore;
  /** Summaries of the events, each another. */
  readonly posted: readonly string[];
  /** By the key of the delivery, how often it came. */
  readonly received: ReadonlyMap<string, number>;
}

/** Whether there is an alert for each event. Asked until there is. */
export const isComplete = async ({ store, posted }: Played): Promise<boolean> => {
  const alerts = await documents(store, "alerts-*");
  const counts = await countDispatches(store);
  const pending = counts.get("door")?.pending ?? 0;
  // Slots that were missed are caught up beside those that follow.
  const silence = of(alerts, "Silence").map(({ _source }) => String(_source.utctimestamp));
  const made = ["EachDoor", "Counter"].every((name) => of(alerts, name).length >= posted.length);
  return made && pending === 0 && missingSlots(silence).length === 0;
};

/** Reads only the store, and what was sent. @returns what is wrong, in sentences; none when all is well. */
export const problemsOf = async ({ store, posted, received }: Played): Promise<readonly string[]> => {
  const alerts = await documents(store, "alerts-*");
  const problems: string[] = [];
  const expect = (what: string, wrong: readonly string[]): void => {
    if (wrong.length > 0) problems.push(`${what}: ${listed(wrong)}`);
  };
  const each = timesOf(of(alerts, "EachDoor").map(({ _source }) => String(_source.summary)));
  expect(
    "Events without an alert",
    posted.filter((summary) => !each.has(summary)),
  );
  expect(
    "Events with several alerts",
    [...each].flatMap(([summary, times]) => (times > 1 ? [summary] : [])),
  );
  const knocks = of(alerts, "HostKnocks").reduce(
    (sum, { _source }) => sum + (_source.details as { readonly knocks: number }).knocks,
    0,
  );
  const covered = await documents(store, "coverage-*");
  const byName = timesOf(covered.map(({ _source }) => String(_source.name)));
  if ((byName.get("HostKnocks") ?? 0) !== knocks)
    problems.push(`Events in groups: ${knocks} in alerts, ${byName.get("HostKnocks") ?? 0} covered`);
  const [counted] = await documents(store, "counted");
  if (counted?._source.seen !== posted.length || of(alerts, "Counter").length !== posted.length)
    problems.push(
      `Counted: ${String(counted?._source.seen)}, in ${of(alerts, "Counter").length} alerts, of ${posted.length}`,
    );
  const silence = of(alerts, "Silence").map(({ _source }) => String(_source.utctimestamp));
  expect(
    "Slots with several alerts of silence",
    [...timesOf(silence)].flatMap(([slot, times]) => (times > 1 ? [slot] : [])),
  );
  expect("Slots without an alert of silence", missingSlots(silence));
  const { gaps } = await listRuns(store, { ticks: 10_000 });
  expect(
    "Gaps",
    gaps.map(({ alert, from, to }) => `${alert} ${from} ${to}`),
  );
  const open = (await documents(store, "slots-*")).filter(({ _source }) => _source.status === "decided");
  // Whoever ends says it of its own, and of those that a dead one has left.
  expect(
    "Decisions that do not say that they are carried out",
    open.map(({ _id }) => _id),
  );
  const queued = await queuedAtTheEnd(store, silence);
  expect(
    "Alerts that were never sent",
    alerts.flatMap(({ _id }) => (received.has(`${_id}~door`) || queued.has(_id) ? [] : [_id])),
  );
  return problems;
};

/** What was stored while the services ended is sent by the next one that starts. */
const queuedAtTheEnd = async (store: AlertStore, silence: readonly string[]): Promise<ReadonlySet<string>> => {
  const last = Math.max(...silence.map((slot) => Date.parse(slot)));
  const pending = await listDispatches(store, { status: "pending", size: 100 });
  const atTheEnd = pending.filter(
    ({ attempts, utctimestamp }) => attempts === 0 && last - Date.parse(utctimestamp) <= 2 * EVERY_S * 1_000,
  );
  return new Set(atTheEnd.map(({ alertid }) => alertid));
};

/** Between the first slot and the last, every one has to be there. */
const missingSlots = (slots: readonly string[]): readonly string[] => {
  const times = slots.map((slot) => Date.parse(slot)).sort((a, b) => a - b);
  const first = times[0] ?? 0;
  const last = times.at(-1) ?? 0;
  const there = new Set(times);
  const missing: string[] = [];
  for (let time = first; time <= last; time += EVERY_S * 1_000)
    if (!there.has(time)) missing.push(new Date(time).toISOString());
  return missing;
};
