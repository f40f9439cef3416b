/** Seconds between the slots of every alert. */
export const EVERY_S = 2;

interface SiteOptions {
  /** Of the cluster. */
  readonly node: string;
  readonly prefix: string;
  /** The target of all alerts. */
  readonly webhook: string;
}

/** The configuration of every runner: an alert of each kind, one that counts in a document of its own, and a target. */
export const configOf = ({ node, prefix, webhook }: SiteOptions): string => `
import { aggregation, AlertTask, definePack, eachEvent, interval, noEvent } from "@mozdef/alert";
import { webhook } from "@mozdef/alert-actions";
import { defineConfig } from "@mozdef/alert-runner";
import { SearchQuery, TermMatch } from "@mozdef/query";

const of = (category) => SearchQuery({ minutes: 30 }).must(TermMatch("category", category));
const draft = { tags: [], severity: "NOTICE" };

class EachDoor extends AlertTask {
  main() { return eachEvent(of("door")); }
  onEvent({ _source }) { return { ...draft, category: "door", summary: _source.summary }; }
}
class HostKnocks extends AlertTask {
  main() { return aggregation(of("door"), { field: "hostname", threshold: 2 }); }
  onAggregation({ value, count }) { return { ...draft, category: "knocks", summary: count + " knocks by " + value, details: { knocks: count, host: value } }; }
}
class Silence extends AlertTask {
  main() { return noEvent(of("heartbeat")); }
  onNoEvent() { return { ...draft, category: "silence", summary: "no heartbeat" }; }
}
class Counter extends AlertTask {
  main() { return eachEvent(of("door")); }
  async onEvent({ _id }, { state }) {
    const { seen = 0 } = (await state.get("counted", "all")) ?? {};
    state.put("counted", "all", { seen: seen + 1 });
    return { ...draft, category: "counter", summary: "counted" };
  }
}
const schedule = interval({ seconds: ${EVERY_S} });
const pack = definePack({
  indices: { counted: {} },
  alerts: Object.fromEntries(Object.entries({ EachDoor, HostKnocks, Silence, Counter }).map(([name, task]) => [name, { task, schedule }])),
});

export default defineConfig({
  store: { node: "${node}", prefix: "${prefix}" },
  packs: [pack],
  actions: { door: webhook({ url: "${webhook}" }) },
});
`;
