// Posts events from a process of its own, as shippers on other machines would: at their times, whether or not the service has answered.
// Its parent says where and how many, and hears what came of it.
import { setTimeout as pause } from "node:timers/promises";
import { sliceOf } from "./events.ts";

/** What is to be posted. */
export interface Load {
  readonly urls: readonly string[];
  readonly perSecond: number;
  readonly seconds: number;
  /** How many alerts run. */
  readonly alerts: number;
  /** Things to alert of, each second. */
  readonly alertsPerSecond: number;
}

/** What came of it so far. */
export interface Posted {
  readonly events: number;
  readonly saved: number;
  /** How many alerts there have to be. */
  readonly alerts: number;
  /** Why events were not taken, the last time. */
  readonly failure: string | null;
  readonly isDone: boolean;
}

const SLICES = 20;
const TELL_MS = 1_000;

const post = async ({ urls, perSecond, seconds, alerts, alertsPerSecond }: Load): Promise<void> => {
  const posted = { events: 0, saved: 0, alerts: 0, failure: null as string | null };
  const tell = (isDone: boolean): void => void process.send?.({ ...posted, isDone } satisfies Posted);
  const timer = setInterval(() => tell(false), TELL_MS);
  const size = Math.round(perSecond / SLICES);
  const began = performance.now();
  const underway = new Set<Promise<void>>();
  const send = async (number: number): Promise<void> => {
    const from = Math.floor((number * alertsPerSecond) / SLICES);
    const to = Math.floor(((number + 1) * alertsPerSecond) / SLICES);
    const slice = sliceOf({ number, size, alerts, alerting: [from, to], postedAt: Date.now() });
    posted.events += slice.events.length;
    posted.alerts += slice.alerts;
    const response = await fetch(`${urls[number % urls.length] ?? ""}/events`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(slice.events),
    });
    const text = await response.text();
    if (response.ok) posted.saved += (JSON.parse(text) as { readonly saved: number }).saved;
    if (response.status !== 200) posted.failure = `${response.status} ${text.slice(0, 300)}`;
  };
  for (let number = 0; number < seconds * SLICES; number += 1) {
    await pause(Math.max(0, began + (number * 1_000) / SLICES - performance.now()));
    const sent: Promise<void> = send(number)
      .catch((error: unknown) => {
        posted.failure = String(error);
      })
      .finally(() => underway.delete(sent));
    underway.add(sent);
  }
  await Promise.all(underway);
  clearInterval(timer);
  tell(true);
};

process.once("message", (load: Load) => {
  void post(load).then(() => process.disconnect?.());
});
