// What a reader of a hundred thousand alerts waits for: the list, its next pages, groups, a filter, an alert, by the API and in a browser.
//   node --conditions=@mozdef/source apps/alert-runner/test/scale/run.ts [--alerts 100000]
// The pages have to be built. Prints the median of five, in milliseconds; exits 1 when something cannot be shown.
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { performance } from "node:perf_hooks";
import { parseArgs } from "node:util";
import type { Page } from "playwright-core";
import { openBrowser } from "../pages/browser.ts";
import { until } from "../story/service.ts";
import { Runner } from "../support/runner.ts";
import { type ListedAlerts, request } from "../support/service-process.ts";
import { plantAlerts } from "./plant-alerts.ts";

const { values } = parseArgs({ options: { alerts: { type: "string", default: "100000" } } });
const count = Number(values.alerts);
if (!(count >= 1_000)) throw new Error("Expected --alerts of 1,000 or more.");

const folder = path.resolve(import.meta.dirname, "../../.cache/scale");
rmSync(folder, { recursive: true, force: true });
mkdirSync(folder, { recursive: true });
writeFileSync(path.join(folder, "mozdef.config.mjs"), `export default { packs: [], store: { path: "./data" } };\n`);

const say = (line: string): void => void process.stdout.write(`${line}\n`);

const RUNS = 5;

/** @returns the median of five, in milliseconds; the first, cold one aside. */
const timed = async (work: () => Promise<unknown>): Promise<number> => {
  const times: number[] = [];
  for (let run = 0; run <= RUNS; run++) {
    const started = performance.now();
    await work();
    if (run > 0) times.push(performance.now() - started);
  }
  return times.sort((a, b) => a - b)[Math.floor(RUNS / 2)] ?? 0;
};

const report = async (what: string, work: () => Promise<unknown>): Promise<void> =>
  say(`${what}: ${(await timed(work)).toFixed(0)} ms`);

/** The cursor behind a number of pages. */
const cursorAfter = async (url: string, pages: number): Promise<string> => {
  let after = "";
  for (let page = 0; page < pages; page++) {
    const from = after === "" ? "" : `&after=${encodeURIComponent(after)}`;
    after = (await request<{ readonly next: string }>(`${url}/api/alerts?size=500${from}`)).next;
  }
  return after;
};

const measureApi = async (url: string): Promise<void> => {
  await report("API: newest 25", () => request(`${url}/api/alerts`));
  await report("API: of one severity and rule", () =>
    request(`${url}/api/alerts?severity=CRITICAL&classname=AlertDoor`),
  );
  await report("API: about one address", () => request(`${url}/api/alerts?entity=198.51.1.7`));
  await report("API: text", () => request(`${url}/api/alerts?text=host17`));
  const after = await cursorAfter(url, Math.min(40, Math.floor(count / 500) - 1));
  await report("API: page behind 20,000 alerts", () => request(`${url}/api/alerts?after=${encodeURIComponent(after)}`));
  await report("API: histogram", () => request(`${url}/api/alerts-over-time`));
  await report("API: groups by rule", () => request(`${url}/api/alert-groups?by=classname`));
  await report("API: groups by entity", () => request(`${url}/api/alert-groups?by=entity`));
  const { alerts } = await request<ListedAlerts>(`${url}/api/alerts`);
  const id = alerts[0]?._id ?? "";
  await report("API: one alert", () => request(`${url}/api/alerts/${id}`));
  await report("API: its entities", () => request(`${url}/api/alerts/${id}/entities`));
};

/** From the start of the navigation. */
const firstPaint = (page: Page): Promise<number> =>
  page.evaluate(() => performance.getEntriesByName("first-contentful-paint")[0]?.startTime ?? 0);

const measurePages = async (url: string): Promise<void> => {
  const browser = await openBrowser();
  try {
    const cold = await browser.newPage();
    await cold.goto(`${url}/alerts`);
    await cold.locator("[data-alert]").first().waitFor();
    say(`page: first paint of the list, nothing in the cache: ${(await firstPaint(cold)).toFixed(0)} ms`);
    const shown = async (address: string, selector: string) => {
      await cold.goto(`${url}${address}`);
      await cold.locator(selector).first().waitFor();
    };
    await report("page: list to its first row", () => shown("/alerts", "[data-alert]"));
    await report("page: groups by entity", () => shown("/alerts?group=entity", "tbody tr"));
    const { alerts } = await request<ListedAlerts>(`${url}/api/alerts`);
    await report("page: an alert", () => shown(`/alerts/${alerts[0]?._id ?? ""}`, "h1"));
    await cold.goto(`${url}/alerts`);
    await cold.locator("[data-alert]").first().waitFor();
    await report("page: the next page", async () => {
      const before = await cold.locator("[data-alert]").first().getAttribute("data-alert");
      await cold.getByRole("button", { name: /^Older/ }).click();
      await cold.waitForFunction(
        (id) => document.querySelector("[data-alert]")?.getAttribute("data-alert") !== id,
        before,
      );
    });
  } finally {
    await browser.close();
  }
};

await plantAlerts(path.join(folder, "data"), count, new Date());
const service = new Runner("service", folder);
service.start();
try {
  await until(
    "the service is ready",
    async () => service.url !== undefined && (await fetch(`${service.url}/ready`)).ok,
  );
  const url = service.url ?? "";
  await measureApi(url);
  await measurePages(url);
} catch (error) {
  say(service.output.split("\n").slice(-10).join("\n"));
  throw error;
} finally {
  await service.end("SIGTERM");
}
