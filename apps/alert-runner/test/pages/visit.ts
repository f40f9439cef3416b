/// <reference lib="dom" />
import path from "node:path";
import type { BrowserContextOptions, Page } from "playwright-core";
import { createSite, EVERY_SECOND, type ServiceProcess, startService } from "../support/service-process.ts";
import { openBrowser } from "./browser.ts";

/** A built service, and somebody who looks at it. */
export interface Visit {
  readonly service: ServiceProcess;
  readonly page: Page;
  /** Closes the browser, ends the service, and removes what both have left. */
  readonly end: () => Promise<void>;
}

export interface VisitOptions {
  /** Text of the configuration. Default: one alert of the ssh pack at every second. */
  readonly config?: string;
  readonly context?: BrowserContextOptions;
  /** Where what the page complains about is added: a blocked script or a failed request. */
  readonly complaints: string[];
  /** What is no complaint, such as the answer 400 to what a test gets wrong on purpose. Default: nothing. */
  readonly isWanted?: (complaint: string) => boolean;
}

/** Starts a service of its own and opens a page that nobody has used before; it shows nothing yet. */
export const openVisit = async ({
  config = EVERY_SECOND,
  context,
  complaints,
  isWanted,
}: VisitOptions): Promise<Visit> => {
  const site = createSite(config);
  const service = await startService(site, "built");
  const browser = await openBrowser();
  const page = await browser.newPage({ viewport: { width: 1280, height: 900 }, ...context });
  page.setDefaultTimeout(15_000);
  page.on("pageerror", (error) => complaints.push(error.message));
  page.on("console", (message) => {
    if (message.type() === "error" && isWanted?.(message.text()) !== true) complaints.push(message.text());
  });
  return {
    service,
    page,
    end: async () => {
      await browser.close();
      await service.end("SIGTERM");
      site.remove();
    },
  };
};

/** How far a page is wider than its window, in pixels: above 0 it scrolls sideways. */
export const overflowOf = (page: Page): Promise<number> =>
  page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);

/** Leaves a picture of the whole page for somebody to look at. */
export const takePicture = async (page: Page, name: string): Promise<void> => {
  await page.screenshot({ path: path.resolve(import.meta.dirname, `../../.cache/pages/${name}.png`), fullPage: true });
};
