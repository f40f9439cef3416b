// How much memory does an alert over a large group take, and is its count exact? With `--url`, since the embedded store itself would
// be measured otherwise. `pnpm bench large-groups --url http://127.0.0.1:9200 [--events 1000000]`.
import { type AggregatedEvents, aggregation, AlertTask } from "@mozdef/alert";
import { createTask } from "@mozdef/alert/runtime";
import { runAlerts } from "@mozdef/alert-engine";
import { type AlertStore, connectStore, createAlertStore, saveEvents, setUpStore } from "@mozdef/alert-store";
import { SearchQuery, TermMatch } from "@mozdef/query";
import { parseArgs } from "node:util";

/** Design: what the process may grow by while it runs the alert. */
const BUDGET_MB = 100;

const { values } = parseArgs({ options: { url: { type: "string" }, events: { type: "string", default: "1000000" } } });
if (values.url === undefined) throw new Error("Give the cluster to measure on: --url http://127.0.0.1:9200");
const total = Number(values.events);
const now = new Date("2017-01-01T01:00:00Z");
const PREFIX = "bench-large-groups-";

class LargeGroup extends AlertTask {
  main() {
    return aggregation(SearchQuery({ minutes: 10 }).must(TermMatch("category", "large")), {
      field: "hostname",
      threshold: 10,
    });
  }
  onAggregation({ count, value }: AggregatedEvents) {
    return { summary: `${count} on ${value}`, category: "large", tags: [], severity: "NOTICE" };
  }
}

/** 600 bytes each. */
const chunk = (start: number): object[] =>
  Array.from({ length: Math.min(5_000, total - start) }, (_, offset) => {
    const utctimestamp = new Date(now.getTime() - ((start + offset) % 500_000)).toISOString();
    return {
      ...{ utctimestamp, receivedtimestamp: utctimestamp, category: "large", hostname: "host1" },
      summary: `connection ${start + offset} opened`,
      details: { sourceipaddress: "192.0.2.1", note: "x".repeat(250) },
    };
  });

const withStore = async (url: string, work: (store: AlertStore) => Promise<void>): Promise<void> => {
  const { client, server } = connectStore({ node: url });
  const clear = async () => {
    const indices = Object.keys(await client.indices.get({ index: `${PREFIX}*` }));
    if (indices.length > 0) await client.indices.delete({ index: indices });
    await client.indices.deleteIndexTemplate({ name: `${PREFIX}*` }, { ignore: [404] });
  };
  const store = createAlertStore({ client, server, prefix: PREFIX, hostname: "bench" });
  await clear();
  await setUpStore(store, now);
  try {
    await work(store);
  } finally {
    await clear();
    await client.close();
  }
};

const collect = (): void => {
  (globalThis as { gc?: () => void }).gc?.();
};

interface Measured<T> {
  readonly result: T;
  /** What is in use, without garbage that V8 leaves lying while there is room. */
  readonly usedMb: number;
  /** What the system sees. */
  readonly residentMb: number;
}

const memory = (): readonly [used: number, resident: number] => {
  const { heapUsed, external, rss } = process.memoryUsage();
  return [heapUsed + external, rss];
};

/** Looks at the memory of the process while the work lasts: what is resident often, what is in use now and then, after a collection. */
const measured = async <T>(work: () => Promise<T>): Promise<Measured<T>> => {
  collect();
  const [usedBefore, residentBefore] = memory();
  let [used, resident] = [usedBefore, residentBefore];
  const often = setInterval(() => {
    resident = Math.max(resident, memory()[1]);
  }, 20);
  const seldom = setInterval(() => {
    collect();
    used = Math.max(used, memory()[0]);
  }, 2_000);
  const result = await work();
  clearInterval(often);
  clearInterval(seldom);
  const mb = (bytes: number): number => bytes / 1_048_576;
  return { result, usedMb: mb(used - usedBefore), residentMb: mb(resident - residentBefore) };
};

await withStore(values.url, async (store) => {
  for (let start = 0; start < total; start += 5_000) await saveEvents(store, chunk(start), { now });
  await store.client.indices.refresh({ index: `${PREFIX}*` });
  const silent = () => undefined;
  const options = {
    now,
    log: { debug: silent, info: silent, warn: silent, error: silent },
    dns: { reverse: () => Promise.resolve(null) },
    fetch,
  };
  const run = (minutes: number) =>
    runAlerts(store, [createTask(LargeGroup)], { ...options, now: new Date(now.getTime() + minutes * 60_000) });
  for (const [name, minutes] of [
    ["the first run", 0],
    ["a run that has covered all", 1],
  ] as const) {
    const started = performance.now();
    const { result, usedMb, residentMb } = await measured(() => run(minutes));
    const { alerts, errors } = result[0] ?? { alerts: [], errors: [] };
    console.log(
      `${name}: ${(performance.now() - started).toFixed(0)} ms, memory in use grew by ${usedMb.toFixed(0)} MB (${(usedMb / BUDGET_MB).toFixed(2)} of the budget), resident by ${residentMb.toFixed(0)} MB; ` +
        `${alerts.map(({ _source }) => _source.summary).join(", ") || "no alert"}${errors.map(({ message }) => ` ${message}`).join("")}`,
    );
  }
});
