// How fast is the whole service, started as a user starts it: a process of its own, its alerts in another? Each figure stands beside its budget.
//   pnpm bench runner [latency|quiet|isolation|rules|runners]... [--url http://127.0.0.1:9200]
//     [--seconds 60] [--alerts 1000] [--events 1000] [--runners 3]
// Without a name all are measured: on the embedded store, and with `--url` on a cluster too, where alone several runners can be. `--seconds` is
// how long events are posted, and `--events` how many in a second. BENCH_NODE_OPTIONS has flags of Node.js for the service and its child, such
// as --cpu-prof.
import { parseArgs } from "node:util";
import { measureIsolation } from "./runner/isolation.ts";
import { measureLatency } from "./runner/latency.ts";
import { measureQuiet } from "./runner/quiet.ts";
import { measureRules } from "./runner/rules.ts";
import { measureRunners } from "./runner/runners.ts";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    url: { type: "string" },
    seconds: { type: "string", default: "60" },
    alerts: { type: "string", default: "1000" },
    events: { type: "string", default: "1000" },
    runners: { type: "string", default: "3" },
  },
});
const { url } = values;
const load = { alerts: Number(values.alerts), perSecond: Number(values.events), seconds: Number(values.seconds) };

/** On each store, one after the other. */
const onEach = (measure: (url?: string) => Promise<void>) => async (): Promise<void> => {
  await measure();
  if (url !== undefined) await measure(url);
};

const questions: Readonly<Record<string, () => Promise<void>>> = {
  latency: async () => {
    const peer = await measureLatency({ ...load, name: "embedded" });
    if (url !== undefined) await measureLatency({ ...load, name: "cluster", url, peer });
  },
  quiet: onEach(measureQuiet),
  isolation: onEach(measureIsolation),
  rules: onEach(measureRules),
  runners: async () => {
    if (url === undefined) console.log("Several runners need a cluster: --url http://127.0.0.1:9200");
    else await measureRunners({ ...load, url, most: Number(values.runners) });
  },
};
const wanted = positionals.length > 0 ? positionals : Object.keys(questions);
for (const name of wanted) {
  const ask = questions[name];
  if (ask === undefined) throw new Error(`Expected ${Object.keys(questions).join(", ")}. Received: ${name}`);
  await ask();
}
