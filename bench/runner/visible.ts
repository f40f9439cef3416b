import { setTimeout as pause } from "node:timers/promises";
import type { AlertTimes } from "./alert-times.ts";
import type { Service } from "./service.ts";

const AGAIN_MS = 20;
const EACH_MS = 1_000;

/** How long after the log line of an alert the list of alerts shows it, in milliseconds: asked for one alert each second. */
export const timesUntilVisible = async (
  service: Service,
  times: AlertTimes,
  isOver: () => boolean,
): Promise<readonly number[]> => {
  const found: number[] = [];
  let before: string | null = null;
  while (!isOver()) {
    const { last } = times;
    if (last === null || last === before) {
      await pause(AGAIN_MS);
      continue;
    }
    before = last;
    const since = performance.now();
    while (!isOver() && !(await isListed(service, last))) await pause(AGAIN_MS);
    found.push(performance.now() - since);
    await pause(EACH_MS);
  }
  return found;
};

const isListed = async (service: Service, summary: string): Promise<boolean> => {
  // The time at its end is in no other summary.
  const text = summary.split(" ").at(-1) ?? "";
  const { alerts } = await service.get<{
    readonly alerts: readonly { readonly _source: { readonly summary: string } }[];
  }>(`/api/alerts?size=50&text=${text}`);
  return alerts.some(({ _source }) => _source.summary === summary);
};
