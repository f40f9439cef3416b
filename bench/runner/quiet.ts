// b. How long does a tick of quiet alerts take, and what does it ask of the store?
import { line, median, milliseconds, ofBudget, sayLoad } from "./figures.ts";
import { postEvents } from "./post-events.ts";
import { createSite, startService } from "./service.ts";
import { watchTicks } from "./ticks.ts";

interface Size {
  readonly alerts: number;
  readonly everySeconds: number;
  readonly ticks: number;
  /** Milliseconds. */
  readonly embedded: number;
  readonly cluster: number;
}

const SIZES: readonly Size[] = [
  { alerts: 1_000, everySeconds: 1, ticks: 30, embedded: 60, cluster: 600 },
  { alerts: 10_000, everySeconds: 10, ticks: 4, embedded: 600, cluster: 6_000 },
];

/** Requests in a tick, whatever the number of alerts. */
const REQUESTS = 5;

/** In the store before: 20,000 that no alert looks for. */
const EVENTS = { perSecond: 2_000, seconds: 10, alerts: 0, alertsPerSecond: 0 };

export const measureQuiet = async (url?: string): Promise<void> => {
  for (const { alerts, everySeconds, ticks, ...budgets } of SIZES) {
    const site = createSite({ alerts, everySeconds, url });
    const service = await startService(site);
    try {
      await postEvents({ ...EVENTS, urls: [service.url] }).done;
      const lookMs = everySeconds * 1_000;
      await watchTicks(service, 2, lookMs);
      const { ms, cpuMs, requests } = await watchTicks(service, ticks, lookMs);
      const name = url === undefined ? "embedded" : "cluster";
      const what = `${name}: tick of ${alerts} quiet alerts`;
      sayLoad();
      line(what, `${milliseconds(median(ms))}, ${ofBudget(median(ms), budgets[name])}`);
      line(`${what}, processor`, `${milliseconds(cpuMs)} of the service in each, its child apart`);
      const all = [...requests].map(([api, each]) => `${api} ${each.toFixed(1)}`).join(", ");
      // What comes less often than ticks belongs to none.
      const kinds = [...requests.values()].filter((each) => each >= 0.95).length;
      line(`${what}, requests`, `${all}: ${kinds} kinds in each, ${ofBudget(kinds, REQUESTS)}`);
    } finally {
      await service.stop();
      await site.remove();
    }
  }
};
