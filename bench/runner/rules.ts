// d. Does a service with thousands of rules start, run and show them in time?
import { line, median, milliseconds, ofBudget, sayLoad, seconds } from "./figures.ts";
import { createSite, startService } from "./service.ts";
import { watchTicks } from "./ticks.ts";

const RULES = 3_000;
const EVERY_SECONDS = 5;
const TICKS = 8;
const PAGES = 10;

/** Milliseconds, on the embedded store. */
const BUDGET = { start: 10_000, tick: 1_000, page: 1_000 };

export const measureRules = async (url?: string): Promise<void> => {
  const site = createSite({ alerts: RULES, everySeconds: EVERY_SECONDS, url });
  const service = await startService(site);
  try {
    const name = `${url === undefined ? "embedded" : "cluster"}: ${RULES} rules`;
    line(`${name}, start`, `${seconds(service.startMs)}, ${ofBudget(service.startMs, BUDGET.start)}`);
    await watchTicks(service, 1, EVERY_SECONDS * 1_000);
    const { ms } = await watchTicks(service, TICKS, EVERY_SECONDS * 1_000);
    const pages: number[] = [];
    for (let number = 0; number < PAGES; number += 1) {
      const started = performance.now();
      const { schedules } = await service.get<{ readonly schedules: readonly unknown[] }>("/api/schedules");
      pages.push(performance.now() - started);
      if (schedules.length < RULES) throw new Error(`The page has ${schedules.length} of ${RULES} rules.`);
    }
    sayLoad();
    line(`${name}, tick`, `${milliseconds(median(ms))}, ${ofBudget(median(ms), BUDGET.tick)}`);
    line(`${name}, page`, `${milliseconds(median(pages))}, ${ofBudget(median(pages), BUDGET.page)}`);
  } finally {
    await service.stop();
    await site.remove();
  }
};
