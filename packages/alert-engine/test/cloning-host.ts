import type { AlertHost } from "@mozdef/alert-engine";
import { Groupings } from "../src/host/child/groupings.ts";
import {
  packAnswers,
  packEvaluated,
  packGrouped,
  packPlanned,
  unpackAnswers,
  unpackEvaluated,
  unpackGrouped,
  unpackPlanned,
} from "../src/host/child/protocol.ts";
import { KnownPlans, SentPlans } from "../src/host/child/unchanged-plans.ts";

/** A host as one in another process would be: whatever goes in and out is copied on the way, so only data gets through. */
export const cloningHost = (inside: AlertHost): AlertHost => over(new Groupings().of(inside));

const over = (host: AlertHost, sent = new SentPlans(), known = new KnownPlans()): AlertHost => ({
  plan: async (tasks, { signal, ...scope }) => {
    const planned = await host.plan(structuredClone(tasks), { ...structuredClone(scope), signal });
    return planned.map((one, index) => {
      const id = tasks[index]?.id ?? "";
      const crossed = structuredClone(packPlanned(one, (searches) => sent.searchesOf(id, searches)));
      return unpackPlanned(known.withSearches(id, crossed));
    });
  },
  group: async (events, { signal, ...scope }) =>
    unpackGrouped(
      structuredClone(packGrouped(await host.group(structuredClone(events), { ...structuredClone(scope), signal }))),
    ),
  evaluate: async (answers, { signal, ...scope }) => {
    const sent = answers.map((one) => unpackAnswers(structuredClone(packAnswers(one))));
    const evaluated = await host.evaluate(sent, { ...structuredClone(scope), signal });
    return evaluated.map((one) => unpackEvaluated(structuredClone(packEvaluated(one))));
  },
});
