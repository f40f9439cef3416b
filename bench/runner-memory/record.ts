import { appendFileSync, writeFileSync } from "node:fs";
import { loadavg } from "node:os";
import { setTimeout as pause } from "node:timers/promises";
import { AlertTimes } from "../runner/alert-times.ts";
import { percentile } from "../runner/figures.ts";
import { postEvents, type Posting } from "../runner/post-events.ts";
import { AlertProcess } from "../runner/own-process.ts";
import { createSite, type Service, startService } from "../runner/service.ts";
import { PageReader } from "./page-reader.ts";
import { HEADER, rowOf, type Sample } from "./sample.ts";

export interface RecordOptions {
  /** The file to write to. A run that is cut short leaves what it has. */
  readonly csv: string;
  readonly minutes: number;
  readonly alerts: number;
  /** Between the slots of an alert. */
  readonly everySeconds: number;
  /** Events. */
  readonly perSecond: number;
  /** Things to alert of. */
  readonly alertsPerSecond: number;
}

const EVERY_MS = 10_000;

/** Runs the service on the embedded store under a steady load, and writes down what it takes each ten seconds. */
export const record = async ({ csv, minutes, alerts, everySeconds, ...rates }: RecordOptions): Promise<void> => {
  const site = createSite({ alerts, everySeconds });
  const times = new AlertTimes();
  const child = new AlertProcess();
  const service = await startService(site, (line) => {
    times.take(line);
    child.take(line);
  });
  const reader = new PageReader(service);
  try {
    writeFileSync(csv, HEADER);
    const posting = postEvents({ urls: [service.url], ...rates, seconds: minutes * 60, alerts });
    const began = Date.now();
    for (let number = 1; number * EVERY_MS <= minutes * 60_000; number += 1) {
      await pause(Math.max(0, began + number * EVERY_MS - Date.now()));
      const seconds = (number * EVERY_MS) / 1_000;
      appendFileSync(csv, rowOf(await sampleOf({ seconds, service, posting, times, child, reader })));
    }
    const { failure, events, saved } = await posting.done;
    if (failure !== null || saved !== events) throw new Error(`${saved} of ${events} events saved: ${String(failure)}`);
  } finally {
    await reader.stop();
    await service.stop();
    await site.remove();
  }
};

interface SampleOptions {
  readonly seconds: number;
  readonly service: Service;
  readonly posting: Posting;
  readonly times: AlertTimes;
  readonly child: AlertProcess;
  readonly reader: PageReader;
}

const sampleOf = async ({ seconds, service, posting, times, child, reader }: SampleOptions): Promise<Sample> => {
  const metrics = await service.metrics();
  const since = times.takeNew();
  const looks = reader.takeNew();
  return {
    seconds,
    residentBytes: metrics.residentBytes,
    heapBytes: metrics.heapBytes,
    externalBytes: metrics.externalBytes,
    storeEventsBytes: metrics.storeEventsBytes ?? 0,
    storeOthersBytes: metrics.storeOthersBytes ?? 0,
    alertProcessBytes: metrics.alertProcessBytes,
    alertProcessHeapBytes: child.heapBytes,
    eventsSaved: posting.posted.saved,
    alerts: times.count,
    latencyP50Ms: percentile(since, 0.5),
    latencyLongestMs: since.at(-1) ?? Number.NaN,
    pageP50Ms: percentile(looks, 0.5),
    pageLongestMs: looks.at(-1) ?? Number.NaN,
    machineLoad: loadavg()[0] ?? Number.NaN,
  };
};
