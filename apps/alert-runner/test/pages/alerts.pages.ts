/// <reference lib="dom" />
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  createSite,
  EVERY_SECOND,
  failedLogins,
  type ListedAlerts,
  request,
  type ServiceProcess,
  startService,
} from "../support/service-process.ts";
import { openBrowser } from "./browser.ts";

const MARKUP = '<img src=x onerror="window.injected=true">';
const site = createSite(EVERY_SECOND);
const until = { timeout: 20_000, interval: 100 };
let service: ServiceProcess;
let browser: Browser;
let page: Page;
/** What the page complained about: a blocked script or a failed request would be there. */
const complaints: string[] = [];

beforeAll(async () => {
  service = await startService(site, "built");
  browser = await openBrowser();
  page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
  page.setDefaultTimeout(15_000);
  page.on("pageerror", (error) => complaints.push(error.message));
  page.on("console", (message) => {
    if (message.type() === "error") complaints.push(message.text());
  });
  await page.goto(`${service.url}/`);
});
afterAll(async () => {
  await browser.close();
  await service.end("SIGTERM");
  site.remove();
});

const alerts = () => request<ListedAlerts>(`${service.url}/api/alerts`);
const rows = () => page.locator("tbody tr");
const row = (text: string) => rows().filter({ hasText: text });
const focused = () => page.evaluate(() => document.activeElement?.textContent ?? "");
const overflow = () => page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);

/** One story: each test goes on where the one before it ended. */
describe("the alerts page", () => {
  it("says how to send a first event when there is no alert", async () => {
    await page.getByRole("heading", { name: "No alerts yet" }).waitFor();
    expect(page.url()).toBe(`${service.url}/alerts`);
    expect(await page.getByLabel("Command: send one event").textContent()).toContain(`curl -sS ${service.url}/events`);
  });

  it("shows new alerts by itself, with markup as text", async () => {
    await request(`${service.url}/events`, "POST", failedLogins("192.0.2.7", MARKUP));
    await expect.poll(alerts, until).toMatchObject({ total: 1 });
    await row("10 ssh bruteforce attempts by 192.0.2.7").waitFor();
    expect(await rows().textContent()).toContain(MARKUP);
    expect(await page.evaluate(() => "injected" in window)).toBe(false);
    expect(await page.getByTestId("count").textContent()).toBe("1/1");
  });

  it("keeps the keyboard focus where it is when others come in", async () => {
    await row("192.0.2.7").getByRole("link").focus();
    await request(`${service.url}/events`, "POST", failedLogins("192.0.2.8", "web2"));
    await row("192.0.2.8").waitFor();
    expect(await focused()).toContain("192.0.2.7");
    expect(await rows().first().textContent()).toContain("192.0.2.8");
  });

  it("opens an alert with Enter and shows everything about it", async () => {
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { level: 1, name: /192\.0\.2\.7/ }).waitFor();
    expect(page.url()).toMatch(/\/alerts\/\w+$/);
    await page.getByRole("heading", { name: "Events (10)" }).waitFor();
    const details = (await page.locator("main").textContent()) ?? "";
    for (const text of ["AlertBruteforceSsh", "details.sourceipaddress", "Failed password for invalid user", "alerts-"])
      expect(details).toContain(text);
    await page.locator("summary", { hasText: "Raw JSON" }).first().click();
    expect(await page.locator("pre").first().textContent()).toContain('"documentid":');
  });

  it("returns to the alert it came from", async () => {
    await page.getByRole("link", { name: "← Alerts" }).focus();
    await page.keyboard.press("Enter");
    await row("192.0.2.7").waitFor();
    expect(await focused()).toContain("192.0.2.7");
  });

  it("acknowledges by keyboard, and remembers", async () => {
    await page.getByLabel("Ack as").fill("ann");
    const ack = row("192.0.2.7").getByRole("button");
    await row("192.0.2.7").getByRole("link").focus();
    await page.keyboard.press("Tab");
    await page.keyboard.press("Space");
    await row("192.0.2.7").getByText("acked").waitFor();
    await page.reload();
    await row("192.0.2.7").getByText("acked").waitFor();
    expect(await ack.getAttribute("title")).toContain("Ack by: ann");
    expect(await ack.getAttribute("aria-pressed")).toBe("true");
    const [, alert] = (await alerts()).alerts;
    expect(alert?._source).toMatchObject({ status: "acknowledged", acknowledgedby: "ann" });
  });

  it("takes an acknowledgement back", async () => {
    await row("192.0.2.7").getByRole("button").click();
    await row("192.0.2.7").getByText("Manual").waitFor();
    const [, alert] = (await alerts()).alerts;
    expect(alert?._source.acknowledged ?? null).toBeNull();
  });

  it("sets a status", async () => {
    await row("192.0.2.8").click();
    await page.getByLabel("Status").selectOption("escalated");
    await expect.poll(alerts, until).toMatchObject({ alerts: [{ _source: { status: "escalated" } }, {}] });
    await page.goBack();
    await row("192.0.2.8").getByText("Escalated").waitFor();
  });

  it("filters, and keeps the filter in the address", async () => {
    await page.getByLabel("Text").fill("192.0.2.8");
    await expect.poll(() => rows().count(), until).toBe(1);
    expect(page.url()).toContain("?text=192.0.2.8");
    await page.getByLabel("Text").fill("nothing like this");
    await page.getByText("No alert matches these filters").waitFor();
    await page.getByRole("button", { name: "Show all alerts" }).click();
    await expect.poll(() => rows().count(), until).toBe(2);
    await page.getByLabel("Severity").selectOption({ label: "NOTICE (2)" });
    await page.getByLabel("Period").selectOption("1h");
    expect(page.url()).toContain("severity=NOTICE&period=1h");
    await page.getByRole("button", { name: "Reset filters" }).click();
    await expect.poll(() => rows().count(), until).toBe(2);
  });

  it.each([
    [1280, "light"],
    [768, "light"],
    [390, "light"],
    [390, "dark"],
    [320, "light"],
  ] as const)("fits %i pixels, %s", async (width, colorScheme) => {
    await page.setViewportSize({ width, height: 844 });
    await page.emulateMedia({ colorScheme });
    await page.goto(`${service.url}/alerts`);
    await row("192.0.2.8").waitFor();
    expect(await overflow()).toBeLessThanOrEqual(0);
    await row("192.0.2.8").getByRole("link").click();
    await page.getByRole("heading", { name: /Events/ }).waitFor();
    expect(await overflow()).toBeLessThanOrEqual(0);
  });

  it("shows an alert by its address, and says when there is none", async () => {
    const [alert] = (await alerts()).alerts;
    await page.goto(`${service.url}/alerts/${alert?._id ?? ""}`);
    await page.getByRole("heading", { level: 1, name: /192\.0\.2\.8/ }).waitFor();
    expect(complaints).toEqual([]);
    await page.goto(`${service.url}/alerts/none`);
    await page.getByRole("heading", { name: "No such alert" }).waitFor();
  });

  it("runs an alert at once and switches it off in two steps", async () => {
    await page.setViewportSize({ width: 1280, height: 800 });
    await page.goto(`${service.url}/alerts`);
    await page.getByRole("link", { name: "Manage" }).click();
    expect(page.url()).toBe(`${service.url}/manage-alerts`);
    const ssh = row("AlertBruteforceSsh");
    await ssh.getByRole("button", { name: "Run AlertBruteforceSsh now" }).click();
    await ssh.getByText("0 events, 0 alerts").waitFor();

    await ssh.getByRole("button", { name: "Arm: disable AlertBruteforceSsh" }).click();
    const disable = ssh.getByRole("button", { name: "Disable AlertBruteforceSsh" });
    await disable.focus();
    await page.keyboard.press("Enter");
    await ssh.getByRole("cell", { name: "No", exact: true }).waitFor();
    expect(await ssh.getByRole("cell", { name: "No", exact: true }).getAttribute("title")).toContain(
      "Disabled by: ann",
    );
    await page.setViewportSize({ width: 390, height: 844 });
    expect(await overflow()).toBeLessThanOrEqual(0);
  });

  it("says when the service is away, and goes on when it is back", async () => {
    await page.goto(`${service.url}/alerts`);
    await row("192.0.2.8").waitFor();
    const port = Number(new URL(service.url).port);
    await service.end("SIGTERM");
    await page.getByText("The alert service does not answer.").waitFor();
    service = await startService(site, "built", port);
    await page.getByRole("button", { name: "Try now" }).click();
    await page.getByText("The alert service does not answer.").waitFor({ state: "detached" });
    expect(await rows().count()).toBe(2);
  });
});
