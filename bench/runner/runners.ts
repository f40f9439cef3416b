// e. What do several runners on one cluster bring? The latency, and the part of the runs that each of them has made.
import { Client } from "@elastic/elasticsearch";
import { setTimeout as pause } from "node:timers/promises";
import { AlertTimes } from "./alert-times.ts";
import { line, mib, percentile, sayLoad, seconds } from "./figures.ts";
import { postEvents } from "./post-events.ts";
import type { ServiceMetrics } from "./service-metrics.ts";
import { createSite, type Service, type Site, startService } from "./service.ts";

/** Until all runners know of one another and have run a few slots. */
const WARM_UP_MS = 20_000;
const AFTERWARDS_MS = 30_000;

export interface RunnersOptions {
  /** Of the cluster. */
  readonly url: string;
  /** Measured are one, two, ... up to so many. */
  readonly most: number;
  readonly alerts: number;
  readonly perSecond: number;
  readonly seconds: number;
}

export const measureRunners = async ({ most, ...options }: RunnersOptions): Promise<void> => {
  let ofOne: number | null = null;
  for (let count = 1; count <= most; count += 1) {
    const site = createSite(options);
    const times = new AlertTimes();
    const services: Service[] = [];
    try {
      // One after the other: the first makes the indices.
      for (let number = 0; number < count; number += 1) services.push(await startService(site, times.take));
      const p50 = await measure(options, { site, times, services, ofOne });
      ofOne ??= p50;
    } finally {
      await Promise.all(services.map((service) => service.stop()));
      await site.remove();
    }
  }
};

interface Measured {
  readonly site: Site;
  readonly times: AlertTimes;
  readonly services: readonly Service[];
  /** The median of a single runner, in milliseconds; null before there is one. */
  readonly ofOne: number | null;
}

/** @returns the median, in milliseconds. */
const measure = async (
  { url, alerts, perSecond, seconds: lasting }: Omit<RunnersOptions, "most">,
  { site, times, services, ofOne }: Measured,
): Promise<number> => {
  const say = (what: string, text: string): void => line(`cluster, runners ${services.length}: ${what}`, text);
  const from = Date.now() + WARM_UP_MS;
  times.from = from;
  const urls = services.map((service) => service.url);
  const load = { urls, perSecond, seconds: lasting + WARM_UP_MS / 1_000, alerts, alertsPerSecond: 12 };
  const posting = postEvents(load);
  await pause(WARM_UP_MS);
  const begin = await Promise.all(services.map((service) => service.metrics()));
  const posted = await posting.done;
  for (const until = Date.now() + AFTERWARDS_MS; times.count < posted.alerts && Date.now() < until;) await pause(100);
  const end = await Promise.all(services.map((service) => service.metrics()));

  const { sorted } = times;
  const [p50, p90, p99] = [0.5, 0.9, 0.99].map((part) => percentile(sorted, part)) as [number, number, number];
  const ratio = ofOne === null ? "" : `, ${(p50 / ofOne).toFixed(2)} of the p50 of one runner`;
  const isWhole = times.count === posted.alerts && times.twice === 0;
  sayLoad();
  say("alerts", `${times.count} of ${posted.alerts}, ${times.twice} twice${isWhole ? "" : "  WRONG"}`);
  say(
    "posted to stored",
    `p50 ${seconds(p50)}, p90 ${seconds(p90)}, p99 ${seconds(p99)}, longest ${seconds(sorted.at(-1) ?? Number.NaN)}${ratio}`,
  );
  sayParts(say, begin, end);
  say("entries of slots by their runner", await entriesByRunner(url, site.prefix));
  if (!isWhole) process.exitCode = 1;
  return p50;
};

const sayParts = (
  say: (what: string, text: string) => void,
  begin: readonly ServiceMetrics[],
  end: readonly ServiceMetrics[],
): void => {
  const runs = end.map((metrics, index) => metrics.runs - (begin[index]?.runs ?? 0));
  const total = runs.reduce((sum, count) => sum + count, 0);
  for (const [index, metrics] of end.entries()) {
    const part = (((runs[index] ?? 0) / total) * 100).toFixed(0);
    const ticks = metrics.ticks - (begin[index]?.ticks ?? 0);
    const ms = ((metrics.tickSeconds - (begin[index]?.tickSeconds ?? 0)) * 1_000) / ticks;
    const tick = ticks === 0 ? "no tick" : `${ticks} ticks of ${ms.toFixed(0)} ms`;
    say(`runner ${index + 1}`, `${part} % of the runs, ${tick}, ${mib(metrics.residentBytes)}`);
  }
};

/** By the name that the ledger has: the same for runners of one machine, unless each has a name of its own. */
const entriesByRunner = async (url: string, prefix: string): Promise<string> => {
  const client = new Client({ node: url });
  try {
    const index = `${prefix}slots-*`;
    await client.indices.refresh({ index });
    const { hits } = await client.search<{ readonly runner?: string }>({
      ...{ index, size: 10_000, query: { term: { type: "slot" } }, _source: ["runner"] },
      sort: [{ utctimestamp: "desc" }],
    });
    const counts = new Map<string, number>();
    for (const { _source } of hits.hits) {
      const runner = _source?.runner ?? "unknown";
      counts.set(runner, (counts.get(runner) ?? 0) + 1);
    }
    return [...counts].map(([runner, count]) => `${runner} ${count}`).join(", ");
  } finally {
    await client.close();
  }
};
