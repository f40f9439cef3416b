import type { Browser, Page } from "playwright-core";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { freePort } from "../support/free-port.ts";
import {
  createSite,
  failedLogins,
  request,
  type ServiceProcess,
  type Site,
  startService,
} from "../support/service-process.ts";
import { accessibilityProblems } from "./accessibility.ts";
import { openBrowser } from "./browser.ts";
import { overflowOf, takePicture } from "./visit.ts";

/** What the chat of a team is sent. */
const chat = createServer();
const links: string[] = [];
let site: Site;
let service: ServiceProcess;
let browser: Browser;
let page: Page;

beforeAll(async () => {
  chat.on("request", (incoming, answer) => {
    const chunks: Buffer[] = [];
    incoming.on("data", (chunk: Buffer) => chunks.push(chunk));
    incoming.on("end", () => {
      const { links: sent } = JSON.parse(Buffer.concat(chunks).toString()) as { links: { acknowledge: string } };
      links.push(sent.acknowledge);
      answer.end();
    });
  });
  await new Promise<void>((resolve) => chat.listen(0, "127.0.0.1", resolve));
  const port = await freePort();
  const hook = `http://127.0.0.1:${(chat.address() as AddressInfo).port}/hook`;
  site = createSite(`{
    packs: ["@mozdef/alerts-ssh"],
    alerts: { AlertBruteforceSsh: { enabled: true, schedule: { kind: "interval", everyMs: 1000 } } },
    actions: {
      chat: {
        kind: "chat",
        send: async (_message, { fetch, links }) => {
          await fetch(${JSON.stringify(hook)}, { method: "POST", body: JSON.stringify({ links }) });
        },
      },
    },
    listen: { publicUrl: "http://127.0.0.1:${port}" },
  }`);
  service = await startService(site, "built", port);
  browser = await openBrowser();
  // Narrow: messages are read on the way.
  page = await browser.newPage({ viewport: { width: 390, height: 800 } });
  page.setDefaultTimeout(15_000);
}, 60_000);
afterAll(async () => {
  await browser.close();
  await service.end("SIGTERM");
  site.remove();
  chat.close();
});

it("lets whoever gets a message acknowledge its alert in the browser", async () => {
  await request(`${service.url}/events`, "POST", failedLogins("192.0.2.7", "<b>web1</b>"));
  const link = await vi.waitFor(() => links.at(0) ?? expect.fail("no message yet"), { timeout: 20_000 });
  await page.goto(link);
  await page.getByRole("heading", { name: "Acknowledge this alert?" }).waitFor();
  expect(await page.getByRole("blockquote").textContent()).toContain("192.0.2.7");
  expect([await accessibilityProblems(page), (await overflowOf(page)) <= 0]).toEqual([[], true]);
  await takePicture(page, "acknowledge-by-link");
  await page.getByRole("button", { name: "Acknowledge" }).click();
  await page.getByText("By chat (by link).").waitFor();
  expect(await accessibilityProblems(page)).toEqual([]);
  await page.getByRole("link", { name: "Open the alert" }).click();
  await page.getByText("chat (by link)").first().waitFor();
});
