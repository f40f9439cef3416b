// c. What does it cost that the code of alerts is in a process of its own? A thousand events into one alert, there and in the service itself.
import { setTimeout as pause } from "node:timers/promises";
import { categoryOf } from "./events.ts";
import { line, median, milliseconds, sayLoad } from "./figures.ts";
import { createSite, type Service, startService } from "./service.ts";

const EVENTS = 1_000;
const ROUNDS = 10;
const MODES = ["process", "none"] as const;

/** The alerts of the pack: an alert for each event, and one alert of all. */
const KINDS = [
  { name: "1:1, a thousand alerts", alert: 0 },
  { name: "M:1, one alert", alert: 1 },
] as const;

const post = async (service: Service, alert: number, round: number): Promise<void> => {
  const events = Array.from({ length: EVENTS }, (_, number) => ({
    category: categoryOf(alert),
    hostname: "host1",
    summary: `failed login ${round} ${number}`,
    details: { sourceipaddress: `10.0.0.${round}` },
  }));
  const response = await fetch(`${service.url}/events`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(events),
  });
  if (response.status !== 200) throw new Error(`The events were not saved: ${await response.text()}`);
};

interface Run {
  readonly slot: string;
  readonly hits: number;
  readonly alerts: readonly string[];
}

/** Posts the events and waits for the slot that finds them. @returns how long the tick took, in milliseconds. */
const timeOfRound = async (service: Service, alert: number, round: number): Promise<number> => {
  // Behind a slot, so that all of the events are there at the next.
  await pause(1_050 - (Date.now() % 1_000));
  const before = await service.metrics();
  await post(service, alert, round);
  for (;;) {
    await pause(50);
    const now = await service.metrics();
    if (now.ticks > before.ticks) return ((now.tickSeconds - before.tickSeconds) * 1_000) / (now.ticks - before.ticks);
  }
};

const loudRuns = async (service: Service, alert: number): Promise<readonly Run[]> => {
  const { runs } = await service.get<{ readonly runs: readonly Run[] }>(`/api/runs?alert=bench%3A${alert}&ticks=1000`);
  return runs.filter(({ alerts }) => alerts.length > 0);
};

/** Of the last round, whose slot may have to wait for one that takes longer than a second. */
const MOST_WAITS = 100;

/** Whether each round was found whole in one slot, or the times mean nothing. */
const check = async (service: Service, alert: number): Promise<void> => {
  let loud = await loudRuns(service, alert);
  for (let waits = 0; loud.length < ROUNDS && waits < MOST_WAITS; waits += 1) {
    await pause(100);
    loud = await loudRuns(service, alert);
  }
  const wanted = alert === 0 ? EVENTS : 1;
  if (loud.length !== ROUNDS || loud.some(({ alerts }) => alerts.length !== wanted))
    throw new Error(
      `Expected ${ROUNDS} runs of ${wanted} alerts. Received: ${loud.map((run) => run.alerts.length).join(", ")}`,
    );
};

export const measureIsolation = async (url?: string): Promise<void> => {
  const times = new Map<string, number>();
  for (const isolation of MODES) {
    const site = createSite({ alerts: 2, url, isolation });
    const service = await startService(site);
    try {
      for (const { name, alert } of KINDS) {
        const each: number[] = [];
        for (let round = 0; round < ROUNDS; round += 1) each.push(await timeOfRound(service, alert, round));
        await check(service, alert);
        times.set(`${name} ${isolation}`, median(each));
      }
    } finally {
      await service.stop();
      await site.remove();
    }
  }
  sayLoad();
  for (const { name } of KINDS) {
    const [there = Number.NaN, here = Number.NaN] = MODES.map((mode) => times.get(`${name} ${mode}`));
    line(
      `${url === undefined ? "embedded" : "cluster"}: ${EVENTS} events, ${name}`,
      `${milliseconds(there)} with a process of their own, ${milliseconds(here)} without, ratio ${(there / here).toFixed(2)}`,
    );
  }
};
