// a. How long does it take from the posting of an event to its alert?
import { setTimeout as pause } from "node:timers/promises";
import { AlertTimes } from "./alert-times.ts";
import { line, mib, milliseconds, ofBudget, percentile, sayLoad, seconds } from "./figures.ts";
import { postEvents } from "./post-events.ts";
import type { ServiceMetrics } from "./service-metrics.ts";
import { createSite, type Service, startService } from "./service.ts";
import { slotsOf } from "./slots.ts";
import { timesUntilVisible } from "./visible.ts";

/** In milliseconds. */
export interface Latency {
  readonly p50: number;
  readonly p99: number;
}

/** On the embedded store. */
const BUDGET: Latency = { p50: 1_000, p99: 2_000 };

const WARM_UP_MS = 10_000;
/** For the alerts of the last events. */
const AFTERWARDS_MS = 30_000;
const LOOK_MS = 1_000;

/** A slot that waits for longer than this is late: the next is due. */
const PERIOD_S = 1;

export interface LatencyOptions {
  readonly name: string;
  /** Of a cluster. Default: the embedded store. */
  readonly url?: string;
  /** What it was elsewhere in the same run, to be compared with. Default: it is compared with the budget. */
  readonly peer?: Latency;
  readonly alerts: number;
  readonly perSecond: number;
  readonly seconds: number;
}

export const measureLatency = async (options: LatencyOptions): Promise<Latency> => {
  const site = createSite(options);
  const times = new AlertTimes();
  const service = await startService(site, times.take);
  try {
    return await measure(options, service, times);
  } finally {
    await service.stop();
    await site.remove();
  }
};

const measure = async (
  { name, alerts, perSecond, seconds: lasting, peer }: LatencyOptions,
  service: Service,
  times: AlertTimes,
): Promise<Latency> => {
  const say = (what: string, text: string): void => line(`${name}: ${what}`, text);
  const from = Date.now() + WARM_UP_MS;
  times.from = from;
  const load = { urls: [service.url], perSecond, seconds: lasting + WARM_UP_MS / 1_000, alerts, alertsPerSecond: 12 };
  const posting = postEvents(load);
  await pause(WARM_UP_MS);
  const begin = await service.metrics();
  const to = from + lasting * 1_000;
  const visible = timesUntilVisible(service, times, () => Date.now() >= to);
  let lag = 0;
  for (let number = 1; Date.now() < to; number += 1) {
    lag = Math.max(lag, (await service.metrics()).lagSeconds);
    await pause(Math.max(0, from + number * LOOK_MS - Date.now()));
  }
  const end = await service.metrics();
  const posted = await posting.done;
  for (const until = Date.now() + AFTERWARDS_MS; times.count < posted.alerts && Date.now() < until;) await pause(100);

  const { sorted } = times;
  const [p50, p90, p99] = [0.5, 0.9, 0.99].map((part) => percentile(sorted, part)) as [number, number, number];
  sayLoad();
  say(
    "events",
    `${posted.saved} saved of ${posted.events}${posted.failure === null ? "" : `  FAILED ${posted.failure}`}`,
  );
  const isWhole = times.count === posted.alerts && times.twice === 0;
  say("alerts", `${times.count} of ${posted.alerts}, ${times.twice} twice${isWhole ? "" : "  WRONG"}`);
  say("posted to stored, p50", `${seconds(p50)}, ${compared(p50, BUDGET.p50, peer?.p50)}`);
  say("posted to stored, p90", seconds(p90));
  say("posted to stored, p99", `${seconds(p99)}, ${compared(p99, BUDGET.p99, peer?.p99)}`);
  say("posted to stored, longest", seconds(sorted.at(-1) ?? Number.NaN));
  const seen = (await visible).toSorted((a, b) => a - b);
  say(
    "stored to listed",
    `p50 ${milliseconds(percentile(seen, 0.5))}, longest ${milliseconds(seen.at(-1) ?? Number.NaN)}`,
  );
  const slots = await slotsOf(service, from, to);
  const late = countOver(end, PERIOD_S) - countOver(begin, PERIOD_S);
  const mean = ((end.tickSeconds - begin.tickSeconds) / (end.ticks - begin.ticks)) * 1_000;
  say("slots", `${slots.run} run, ${slots.missed} missed, ${slots.failed} failed`);
  say(
    "ticks",
    `${milliseconds(mean)} on average, ${late} longer than ${PERIOD_S} s, oldest slot waited ${lag.toFixed(1)} s`,
  );
  sayMemory(say, begin, end);
  if (!isWhole || slots.missed > 0) process.exitCode = 1;
  return { p50, p99 };
};

const compared = (value: number, budget: number, peer: number | undefined): string =>
  peer === undefined ? ofBudget(value, budget) : `${(value / peer).toFixed(2)} times the embedded store's`;

const countOver = ({ ticks, ticksWithin }: ServiceMetrics, bound: number): number =>
  ticks - (ticksWithin.get(String(bound)) ?? 0);

const sayMemory = (say: (what: string, text: string) => void, begin: ServiceMetrics, end: ServiceMetrics): void => {
  const change = (of: (metrics: ServiceMetrics) => number): string =>
    `${mib(of(begin))} at first, ${mib(of(end))} at the end`;
  say(
    "memory of the service",
    change(({ residentBytes }) => residentBytes),
  );
  say(
    "memory of the process of the alerts",
    change(({ alertProcessBytes }) => alertProcessBytes),
  );
  if (begin.storeEventsBytes === null) return;
  say(
    "of the service, events in the store",
    change(({ storeEventsBytes }) => storeEventsBytes ?? 0),
  );
  say(
    "of the service, others in the store",
    change(({ storeOthersBytes }) => storeOthersBytes ?? 0),
  );
};
