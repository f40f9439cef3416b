import { type RunResult, runAlerts } from "@mozdef/alert-engine";
import { type AlertStore, saveEvents } from "@mozdef/alert-store";
import { options } from "../alerts.ts";
import type { Expected } from "./naive.ts";
import { asSent, type PlainEvent, randomEvents, randomOf } from "./random-events.ts";
import { type Rule, RuleAlert, RULES } from "./rules.ts";

const START = Date.parse("2017-01-01T01:00:00Z");
const SLOT_MS = 60_000;

/** Slots of one story: longer than every window and history. */
const SLOTS = 24;

/** A difference between an alert and what it should have been. */
export interface Difference {
  readonly seed: number;
  readonly slot: number;
  readonly rule: string;
  readonly expected: readonly string[];
  readonly received: readonly string[];
}

/** How many rules were compared at how many slots, and where they differ. */
export interface Comparison {
  readonly rounds: number;
  readonly alerts: number;
  readonly differences: readonly Difference[];
}

/**
 * Lets all rules live through one story of random events, slot after slot, and compares each of their alerts with a naive evaluation
 * that knows every event and what was covered.
 */
export const compareStory = async (store: AlertStore, seed: number): Promise<Comparison> => {
  const random = randomOf(seed);
  const tasks = RULES.map((rule) => new RuleAlert(rule));
  const covered = new Map(RULES.map(({ name }) => [name, new Set<string>()]));
  const events: PlainEvent[] = [];
  const differences: Difference[] = [];
  let alerts = 0;
  for (let slot = 0; slot < SLOTS; slot += 1) {
    const to = START + slot * SLOT_MS;
    const arrived = randomEvents(random, { from: to - SLOT_MS, to, count: random(9), ids: `${seed}-${slot}` });
    events.push(...arrived);
    await save(store, arrived);
    const results = await runAlerts(store, tasks, options({ now: new Date(to) }));
    for (const rule of RULES) {
      const known = { now: to, events, isCovered: ({ id }: PlainEvent) => covered.get(rule.name)?.has(id) ?? false };
      const expected = rule.naive(known);
      alerts += expected.length;
      const difference = differenceOf(rule, expected, results);
      if (difference !== null) differences.push({ seed, slot, rule: rule.name, ...difference });
      for (const { covers } of expected) for (const { id } of covers) covered.get(rule.name)?.add(id);
    }
    if (differences.length > 0) break;
  }
  return { rounds: SLOTS * RULES.length, alerts, differences };
};

const save = async (store: AlertStore, events: readonly PlainEvent[]): Promise<void> => {
  if (events.length === 0) return;
  const sent = events.map(asSent) as readonly { readonly _id: string; readonly _source: object }[];
  await saveEvents(
    store,
    sent.map(({ _source }) => _source),
    { now: new Date(START), ids: sent.map(({ _id }) => _id), refresh: true },
  );
};

const differenceOf = (
  { name }: Rule,
  expected: readonly Expected[],
  results: readonly RunResult[],
): Pick<Difference, "expected" | "received"> | null => {
  const result = results.find(({ task }) => task === name);
  const wanted = expected.map((one) => one.said).sort();
  const received = [
    ...(result?.alerts ?? []).map(({ _source }) => _source.summary),
    ...(result?.errors ?? [new Error("no result")]).map(({ message }) => message),
    ...(result?.warnings ?? []).map(({ message }) => message),
  ].sort();
  return JSON.stringify(wanted) === JSON.stringify(received) ? null : { expected: wanted, received };
};
