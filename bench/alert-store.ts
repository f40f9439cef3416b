// How long does a tick take: quiet alerts, and alerts of 1,000 events? On the embedded store, and with `--url` on a cluster too.
import { Client } from "@elastic/elasticsearch";
import { aggregation, AlertTask, eachEvent } from "@mozdef/alert";
import { createTask } from "@mozdef/alert/runtime";
import { runAlerts } from "@mozdef/alert-engine";
import { type AlertStore, createAlertStore, saveEvents, setUpStore } from "@mozdef/alert-store";
import { EmbeddedSearch, EmbeddedTransport } from "@mozdef/embedded-search";
import { SearchQuery, TermMatch } from "@mozdef/query";
import { parseArgs } from "node:util";
import { quietAlerts } from "./alert-host/quiet-alerts.ts";

const { values } = parseArgs({
  options: { url: { type: "string" }, events: { type: "string", default: "100000" } },
});
const now = new Date("2017-01-01T01:00:00Z");
const silent = () => undefined;
const options = {
  now,
  log: { debug: silent, info: silent, warn: silent, error: silent },
  dns: { reverse: () => Promise.resolve(null) },
  fetch,
};

const draft = { summary: "s", category: "c", tags: [], severity: "NOTICE" };
const burst = (name: string) => SearchQuery({ minutes: 5 }).must(TermMatch("category", name));
class OneAlert extends AlertTask {
  main() {
    return aggregation(burst("OneAlert"), { field: "hostname", threshold: 10, samplesLimit: 10 });
  }
  onAggregation() {
    return draft;
  }
}
class EachAlert extends AlertTask {
  main() {
    return eachEvent(burst("EachAlert"));
  }
  onEvent() {
    return draft;
  }
}

/** The same events for every store: 600 bytes each, spread over the last hour. */
const events = function* (count: number): Generator<object[]> {
  const filler = "x".repeat(250);
  for (let start = 0; start < count; start += 5_000)
    yield Array.from({ length: Math.min(5_000, count - start) }, (_, offset) => {
      const index = start + offset;
      const time = new Date(now.getTime() - ((index * 7_919) % 3_600_000)).toISOString();
      return {
        utctimestamp: time,
        receivedtimestamp: time,
        category: `category${index % 2_000}`,
        hostname: `host${index % 100}`,
        summary: `connection ${index} opened`,
        details: { sourceipaddress: `10.${index % 200}.${index % 250}.1`, note: filler },
      };
    });
};

const measure = async (name: string, store: AlertStore): Promise<void> => {
  await setUpStore(store, now);
  const loading = performance.now();
  for (const chunk of events(Number(values.events))) await saveEvents(store, chunk, { now });
  console.log(
    `${name}: ${values.events} events saved, ${rate(Number(values.events), performance.now() - loading)} events/s`,
  );
  await store.client.indices.refresh({ index: store.names.physical("events") });

  for (const count of [1, 100, 1_000, 10_000]) {
    const tasks = [...quietAlerts(count).values()];
    const times = await repeated(count > 1_000 ? 5 : 20, () => runAlerts(store, tasks, options));
    console.log(
      `${name}: tick of ${count} quiet alerts: ${median(times)} ms (${rate(count * 60, Number(median(times)))} runs/min)`,
    );
  }
  for (const task of [OneAlert, EachAlert]) {
    const times: number[] = [];
    for (let round = 0; round < 10; round++) {
      const burstEvents = Array.from({ length: 1_000 }, () => ({ category: task.name, hostname: `burst${round}` }));
      await saveEvents(store, burstEvents, { now, refresh: true });
      const started = performance.now();
      const [run] = await runAlerts(store, [createTask(task)], options);
      times.push(performance.now() - started);
      if (run?.health !== "ok" || run.alerts.length !== (task === OneAlert ? 1 : 1_000))
        throw new Error(`wrong result: ${String(run?.error)}`);
    }
    console.log(`${name}: 1,000 events, ${task === OneAlert ? "one alert" : "1,000 alerts"}: ${median(times)} ms`);
  }
};

const repeated = async (times: number, work: () => Promise<unknown>): Promise<number[]> => {
  const taken: number[] = [];
  for (let round = 0; round < times; round++) {
    const started = performance.now();
    await work();
    taken.push(performance.now() - started);
  }
  return taken;
};
const median = (times: readonly number[]): string =>
  (times.toSorted((a, b) => a - b)[Math.floor(times.length / 2)] ?? 0).toFixed(1);
const rate = (count: number, ms: number): string => Math.round((count / ms) * 1_000).toLocaleString("en");

const embedded = new EmbeddedSearch({ now: () => now });
await measure(
  "embedded",
  createAlertStore({
    client: new Client({ node: "http://embedded", Connection: embedded.Connection, Transport: EmbeddedTransport }),
  }),
);

if (values.url !== undefined) {
  const client = new Client({ node: values.url });
  const prefix = `bench-${process.pid}-`;
  try {
    await measure("cluster", createAlertStore({ client, prefix }));
  } finally {
    await client.indices.delete({ index: Object.keys(await client.indices.get({ index: `${prefix}*` })) });
    await client.indices.deleteIndexTemplate({ name: `${prefix}*` });
  }
}
