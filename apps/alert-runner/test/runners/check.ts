import { listRuns } from "@mozdef/alert-engine";
import { type AlertStore, countDispatches } from "@mozdef/alert-store";
import { EVERY_S } from "./site.ts";

interface Stored {
  readonly _id: string;
  readonly _source: Readonly<Record<string, unknown>>;
}

/** Documents read in one request. */
const PAGE = 5_000;

/** Every document of an index pattern. */
const documents = async ({ client, names }: AlertStore, pattern: string): Promise<readonly Stored[]> => {
  const index = names.physical(pattern);
  await client.indices.refresh({ index });
  const { id } = await client.openPointInTime({ index, keep_alive: "1m" });
  const found: Stored[] = [];
  let after: readonly unknown[] | undefined;
  try {
    for (;;) {
      const { hits } = await client.search<Stored["_source"]>({
        pit: { id },
        size: PAGE,
        sort: ["_shard_doc"],
        ...(after !== undefined && { search_after: [...after] as string[] }),
      });
      for (const { _id = "", _source = {} } of hits.hits) found.push({ _id, _source });
      after = hits.hits.at(-1)?.sort;
      if (hits.hits.length < PAGE) return found;
    }
  } finally {
    await client.closePointInTime({ id });
  }
};

const of = (alerts: readonly Stored[], name: string): readonly Stored[] =>
  alerts.filter(({ _source }) => _source.classname === name);

const timesOf = (values: readonly string[]): ReadonlyMap<string, number> => {
  const times = new Map<string, number>();
  for (const value of values) times.set(value, (times.get(value) ?? 0) + 1);
  return times;
};

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
  return (
    of(alerts, "EachDoor").length >= posted.length && of(alerts, "Counter").length >= posted.length && pending === 0
  );
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
  expect(
    "Alerts that were never sent",
    alerts.flatMap(({ _id }) => (received.has(`${_id}~door`) ? [] : [_id])),
  );
  return problems;
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
