// What does it cost to keep the code of alerts in a process of its own? A tick of quiet alerts on the embedded store, with the alerts in
// this process and in another one, in turns; the ratio is that of the medians.
//   pnpm bench alert-host [--rounds 40]
import { Client } from "@elastic/elasticsearch";
import { type AlertHost, childHost, inProcessHost, runHosted } from "@mozdef/alert-engine";
import { answerRelayed, createAlertStore, setUpStore } from "@mozdef/alert-store";
import { EmbeddedSearch, EmbeddedTransport } from "@mozdef/embedded-search";
import { parseArgs } from "node:util";
import { quietAlerts } from "./alert-host/quiet-alerts.ts";

const { values } = parseArgs({ options: { rounds: { type: "string", default: "40" } } });
const rounds = Number(values.rounds);
const now = new Date("2017-01-01T01:00:00Z");
const silent = (): void => undefined;
const log = { debug: silent, info: silent, warn: silent, error: silent };
const services = { log, fetch, dns: { reverse: () => Promise.resolve(null) } };

const embedded = new EmbeddedSearch({ now: () => now });
const client = new Client({ node: "http://embedded", Connection: embedded.Connection, Transport: EmbeddedTransport });
const store = createAlertStore({ client });
await setUpStore(store, now);

const median = (times: readonly number[]): number => times.toSorted((a, b) => a - b)[times.length >> 1] ?? 0;

for (const count of [1, 100, 1_000, 3_000]) {
  const tasks = quietAlerts(count);
  const refs = [...tasks.keys()].map((id) => ({ id, name: id }));
  const child = childHost({
    program: new URL("./alert-host/program.ts", import.meta.url),
    args: [String(count)],
    ...{ memoryBytes: 1_073_741_824, blockMs: 5_000, log },
    relay: () => (request) => answerRelayed(client, request),
  });
  const tick = async (host: AlertHost): Promise<number> => {
    const started = performance.now();
    const results = await runHosted(store, host, refs, { ...services, now });
    if (results.some(({ health }) => health !== "ok")) throw new Error("an alert failed");
    return performance.now() - started;
  };
  const hosts = [inProcessHost({ store, services, tasks }), child];
  const times = hosts.map((): number[] => []);
  for (let round = 0; round < rounds; round += 1)
    for (const [index, host] of hosts.entries()) times[index]?.push(await tick(host));
  child.close();
  const [here = 0, there = 0] = times.map(median);
  console.log(
    `${count} quiet alerts: ${here.toFixed(1)} ms in this process, ${there.toFixed(1)} ms in another, ratio ${(there / here).toFixed(2)}`,
  );
}
await embedded.close();
