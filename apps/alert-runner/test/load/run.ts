// A service under 200 connections of valid and invalid requests, with stalled ones beside them: nothing is answered by 5xx or by another status
// than it deserves, an alert runs at each of its slots and sees what was sent meanwhile, memory stays bounded, and who stalls is cut off.
//   node --conditions=@mozdef/source apps/alert-runner/test/load/run.ts [--seconds 60] [--connections 200] [--rate 100]
// --rate is what all of them send in a second, at most. Exits 1 when anything is wrong.
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { parseArgs } from "node:util";
import { Runner } from "../support/runner.ts";
import { failedLogins, type ListedAlerts, request } from "../support/service-process.ts";
import { until } from "../story/service.ts";
import { REQUESTS } from "./requests.ts";
import { sendFor } from "./senders.ts";
import { type Sample, sampleOf, stall } from "./watch.ts";

const { values } = parseArgs({
  options: {
    seconds: { type: "string", default: "60" },
    connections: { type: "string", default: "200" },
    rate: { type: "string", default: "100" },
  },
});
const seconds = Number(values.seconds);
const connections = Number(values.connections);
const perSecond = Number(values.rate);
if (!(seconds >= 5 && connections >= 1 && perSecond >= 1))
  throw new Error("Expected --seconds of 5 or more, --connections and --rate.");

const ALERT = "AlertBruteforceSsh";
const BODY_MS = 2_000;
const STALLED = 20;
const WARM_SECONDS = 5;
/** How late a slot may run, and how many may still wait at the end. */
const MOST_LAG_SECONDS = 5;
/** The store takes what is sent; a million events take about 1.2 GiB. */
const MOST_BYTES = 1_500 * 2 ** 20;

const say = (line: string): void => void process.stdout.write(`${line}\n`);

/** Inside the package, so that the configuration finds its packages. */
const folder = path.resolve(import.meta.dirname, "../../.cache/load");
rmSync(folder, { recursive: true, force: true });
mkdirSync(folder, { recursive: true });
writeFileSync(
  path.join(folder, "mozdef.config.mjs"),
  `export default {
  packs: ["@mozdef/alerts-ssh"],
  alerts: { ${ALERT}: { enabled: true, schedule: { kind: "interval", everyMs: 1000 } } },
  limits: { bodyMs: ${BODY_MS} },
};\n`,
);

const service = new Runner("service", folder);

/** Samples the service each second, and attacks it by ten logins every five seconds. @returns what was seen. */
const watch = async (url: string, signal: AbortSignal) => {
  const samples: Sample[] = [];
  const attackers: string[] = [];
  while (!signal.aborted) {
    samples.push(await sampleOf(url, service.pid ?? 0, ALERT));
    if (samples.length % 5 === 1) {
      const attacker = `192.0.2.${attackers.length + 1}`;
      await request(`${url}/events`, "POST", failedLogins(attacker, "web1"));
      attackers.push(attacker);
    }
    await pause(1_000, undefined, { signal }).catch(() => undefined);
  }
  return { samples, attackers };
};

const alertsOf = async (url: string, attackers: readonly string[]): Promise<true | string> => {
  const { alerts } = await request<ListedAlerts>(`${url}/api/alerts?size=500`);
  const missing = attackers.filter(
    (attacker) => !alerts.some(({ _source }) => String(_source.summary).includes(`by ${attacker} `)),
  );
  return missing.length === 0 || `no alert about ${missing.join(", ")}`;
};

const problemsIn = (samples: readonly Sample[]): readonly string[] => {
  const [first, last] = [samples[0], samples.at(-1)];
  if (first === undefined || last === undefined) return ["the service was never looked at"];
  const slots = Math.floor((last.at - first.at) / 1_000);
  const lag = Math.max(...samples.map(({ lagSeconds }) => lagSeconds));
  const bytes = Math.max(...samples.map((sample) => sample.bytes));
  say(
    `${last.runs - first.runs} runs in ${slots} s, ${lag.toFixed(1)} s behind at most; ${(bytes / 2 ** 20).toFixed(0)} MiB at most`,
  );
  return [
    ...(last.runs - first.runs < slots - MOST_LAG_SECONDS
      ? [`expected ${slots} runs, received ${last.runs - first.runs}`]
      : []),
    ...(lag > MOST_LAG_SECONDS ? [`the alert was ${lag} s late; expected at most ${MOST_LAG_SECONDS}`] : []),
    ...(bytes > MOST_BYTES ? [`${bytes} bytes of memory; expected at most ${MOST_BYTES}`] : []),
  ];
};

const whole = async (): Promise<readonly string[]> => {
  service.start();
  await until("the service listens", () => service.url !== undefined);
  const url = service.url ?? "";
  // Code that has not run yet is slow; that is another question.
  await sendFor(url, { connections, seconds: WARM_SECONDS, perSecond, requests: REQUESTS });
  const over = new AbortController();
  const watching = watch(url, over.signal);
  const closed = stall(url, STALLED);
  const sent = await sendFor(url, { connections, seconds, perSecond, requests: REQUESTS });
  const cut = closed();
  over.abort();
  const { samples, attackers } = await watching;
  await until("an alert about each attacker", () => alertsOf(url, attackers));
  const byStatus = [...sent.statuses].sort(([a], [b]) => a - b).map(([status, count]) => `${count} x ${status}`);
  say(`${byStatus.join(", ")}: ${(sent.answers / seconds).toFixed(0)} a second, slowest ${sent.slowestMs} ms`);
  say(`${attackers.length} attackers, an alert about each; ${cut} of ${STALLED} stalled connections cut off`);
  return [
    ...sent.wrong,
    ...problemsIn(samples),
    ...(cut === STALLED
      ? []
      : [`${STALLED - cut} stalled connections are still open after ${seconds} s; bodyMs is ${BODY_MS}`]),
  ];
};

let problems: readonly string[];
try {
  problems = await whole();
} catch (error) {
  problems = [String(error)];
}
await service.end("SIGTERM");
for (const problem of problems) say(`WRONG: ${problem}`);
if (problems.length > 0) say(service.output);
say(problems.length === 0 ? "ok: alerts on time" : "not ok");
process.exit(problems.length === 0 ? 0 : 1);
