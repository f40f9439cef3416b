/** Seconds between the slots of every alert. */
const EVERY_S = 1;

/** The configuration of the service on a store: an alert of each kind, and one that counts in a document of its own. */
export const configOf = (store: object): string => `
import { aggregation, AlertTask, definePack, eachEvent, interval } from "@mozdef/alert";
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
  onAggregation({ value, count }) { return { ...draft, category: "knocks", summary: "knocks by " + value, details: { knocks: count } }; }
}
class Counter extends AlertTask {
  main() { return eachEvent(of("door")); }
  async onEvent(event, { state }) {
    const { seen = 0 } = (await state.get("counted", "all")) ?? {};
    state.put("counted", "all", { seen: seen + 1 });
    return { ...draft, category: "counter", summary: "counted" };
  }
}
const schedule = interval({ seconds: ${EVERY_S} });
const pack = definePack({
  indices: { counted: {} },
  alerts: Object.fromEntries(Object.entries({ EachDoor, HostKnocks, Counter }).map(([name, task]) => [name, { task, schedule }])),
});

export default defineConfig({ store: ${JSON.stringify(store)}, packs: [pack] });
`;
