import { runAlerts } from "@mozdef/alert-engine";
import { saveEvents } from "@mozdef/alert-store";
import { expect, it } from "vitest";
import { NOW, openStore, watchRequests } from "../open-store.ts";
import { options } from "../alerts.ts";
import { asSent, randomEvents, randomOf } from "./random-events.ts";
import { RuleAlert, RULES } from "./rules.ts";

/** Alerts of every kind, each as often as any other, under names of their own. */
const mixture = (count: number): readonly RuleAlert[] =>
  Array.from({ length: count }, (_, index) => {
    const rule = RULES[index % RULES.length];
    if (rule === undefined) throw new Error("There are no rules.");
    return new RuleAlert({ ...rule, name: `${rule.name} ${index}` });
  });

/** What a tick of so many alerts asks, when all of them have alerted before and nothing new has come. */
const requestsOfQuiet = async (count: number): Promise<readonly string[]> => {
  const store = await openStore({ fields: { "details.bytes": "long", "details.user": "keyword" } });
  const from = NOW.getTime() - 300_000;
  const events = randomEvents(randomOf(7), { from, to: NOW.getTime(), count: 40, ids: "quiet" }).map(asSent);
  await saveEvents(
    store,
    events.map((event) => (event as { readonly _source: object })._source),
    { now: NOW, refresh: true },
  );
  const tasks = mixture(count);
  // A group that fires may leave a smaller one that fires at the next run.
  for (let run = 0; run < 3; run += 1) await runAlerts(store, tasks, options({ now: NOW }));
  const seen = watchRequests(store);
  const results = await runAlerts(store, tasks, options({ now: NOW }));
  expect(results.flatMap(({ errors }) => errors)).toEqual([]);
  return seen.map(({ method, path }) => `${method} ${path}`);
};

it("asks as often for ten times as many quiet alerts of every kind", async () => {
  const few = await requestsOfQuiet(RULES.length);
  const many = await requestsOfQuiet(10 * RULES.length);
  expect(many).toEqual(few);
  expect(few.length).toBeLessThanOrEqual(6);
});
