/// <reference lib="dom" />
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { failedLogins, type ListedAlerts, request } from "../support/service-process.ts";
import { accessibilityProblems } from "./accessibility.ts";
import { openVisit, overflowOf, type Visit } from "./visit.ts";

const MARKUP = '<img src=x onerror="window.injected=true">';
const UNSEEN = "\u202e";
/** Requests for a page of alerts. */
const LIST = /\/api\/alerts\?/;
const until = { timeout: 20_000, interval: 100 };
let visit: Visit;
let service: Visit["service"];
let page: Page;
const complaints: string[] = [];

const alerts = () => request<ListedAlerts>(`${service.url}/api/alerts`);
const rows = () => page.locator("tbody tr");
const row = (text: string) => rows().filter({ hasText: text });
const open = (search = "") => page.goto(`${service.url}/alerts${search}`);
const menu = (name: string) => page.locator("main summary", { hasText: name });
const overflow = () => overflowOf(page);
const isInjected = () => page.evaluate(() => "injected" in window);

beforeAll(async () => {
  visit = await openVisit({ complaints, context: { timezoneId: "Asia/Kolkata" } });
  ({ service, page } = visit);
  await request(`${service.url}/events`, "POST", failedLogins("192.0.2.7", MARKUP));
  await request(`${service.url}/events`, "POST", failedLogins("192.0.2.8", "web2"));
  await vi.waitFor(async () => expect(await alerts()).toMatchObject({ total: 2 }), until);
  await open();
});
afterAll(() => visit.end());

/** One story: each test goes on where the one before it ended. */
describe("the list of alerts", () => {
  it("shows times in local time when asked, everywhere, and remembers", async () => {
    await row("192.0.2.8").getByText("UTC").waitFor();
    await page.getByRole("button", { name: "UTC: Show times in local time" }).click();
    await row("192.0.2.8").getByText("+05:30").waitFor();
    expect(await page.locator(".histogram figcaption").textContent()).toContain("+05:30");
    await page.reload();
    await row("192.0.2.8").getByText("+05:30").waitFor();
    await page.getByRole("button", { name: "More filters" }).click();
    await page.getByLabel("From (local)").fill("2026-01-01T05:30");
    await expect.poll(() => new URL(page.url()).searchParams.get("since"), until).toBe("2026-01-01T00:00:00.000Z");
    await page.getByRole("button", { name: "Remove filter from 2026-01-01 05:30:00 +05:30" }).waitFor();
    await page.getByRole("button", { name: "Local: Show times in UTC" }).click();
    await page.getByRole("button", { name: "Remove filter from 2026-01-01 00:00:00 UTC" }).click();
    await row("192.0.2.8").getByText("UTC").waitFor();
  });

  it("shows alerts of one name as one row, which leads to them", async () => {
    await open();
    await page.getByLabel("Group", { exact: true }).selectOption("name");
    await expect.poll(() => rows().count(), until).toBe(1);
    expect(page.url()).toContain("?group=name");
    const cells = await rows().getByRole("cell").allTextContents();
    expect(cells.slice(0, 3)).toEqual(["AlertBruteforceSsh", "2", "2"]);
    await rows().getByRole("link", { name: "AlertBruteforceSsh" }).click();
    await expect.poll(() => rows().count(), until).toBe(2);
    expect(page.url()).toMatch(/\?classname=AlertBruteforceSsh$/);
  });

  it("shows what alerts are about as rows, with markup as text", async () => {
    await open("?group=entity");
    await row("192.0.2.7").first().waitFor();
    expect(await isInjected()).toBe(false);
    await page.getByRole("link", { name: "192.0.2.7", exact: true }).click();
    await expect.poll(() => rows().count(), until).toBe(1);
    expect(page.url()).toContain("?entity=192.0.2.7");
    expect(complaints).toEqual([]);
  });

  it("is narrowed to what nobody has acknowledged", async () => {
    await open();
    const id = (await alerts()).alerts[0]?._id ?? "";
    await request(`${service.url}/api/alerts/${id}/acknowledge`, "POST", {});
    await page.getByLabel("Not acknowledged").check();
    await expect.poll(() => rows().count(), until).toBe(1);
    expect(page.url()).toContain("acknowledged=false");
    await page.getByRole("button", { name: "Remove filter not acknowledged" }).click();
    await expect.poll(() => rows().count(), until).toBe(2);
    expect(await page.getByLabel("Not acknowledged").isChecked()).toBe(false);
  });

  it("keeps views by name, and shows markup in a name as text", async () => {
    await open("?text=192.0.2.8&open=true");
    await menu("Views").click();
    await page.getByLabel("Name of this view").fill(`${MARKUP}${UNSEEN}`);
    await page.keyboard.press("Enter");
    const views = page.getByRole("list", { name: "Saved views" });
    await views.waitFor();
    expect(await views.textContent()).toContain(`${MARKUP}\\u202e`);
    await open();
    await expect.poll(() => rows().count(), until).toBe(2);
    await menu("Views").click();
    await views.getByRole("link").click();
    await expect.poll(() => rows().count(), until).toBe(1);
    expect(page.url()).toContain("?text=192.0.2.8&open=true");
    await views.waitFor({ state: "detached" });
    await menu("Views").click();
    await views.getByRole("button", { name: /^Remove view/ }).click();
    await page.getByText("No view saved yet.").waitFor();
    await page.keyboard.press("Escape");
    await page.getByText("No view saved yet.").waitFor({ state: "detached" });
    expect(await isInjected()).toBe(false);
  });

  it("has the columns that were chosen, and remembers", async () => {
    await open();
    await menu("Columns").click();
    await page.getByRole("checkbox", { name: "Tags" }).check();
    await page.getByRole("checkbox", { name: "Category" }).uncheck();
    await page.getByRole("checkbox", { name: "Summary" }).uncheck();
    await page.reload();
    await expect.poll(() => rows().count(), until).toBe(2);
    const heads = await page.locator("thead th").allTextContents();
    expect(heads).toEqual(["", "Time", "Severity", "Status", "Tags", "Ack"]);
    await rows().first().getByRole("link").focus();
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { level: 1, name: /192\.0\.2\.[78]/ }).waitFor();
    await page.goBack();
    // The list gives the focus to the alert that one comes from, which closes a menu.
    await page.locator("tbody a:focus").waitFor();
    await menu("Columns").click();
    await page.getByRole("checkbox", { name: "Summary" }).check();
    await row("192.0.2.8").waitFor();
    expect(complaints).toEqual([]);
  });

  it("goes on beyond the pages that numbers reach", async () => {
    const asked: URLSearchParams[] = [];
    // Ten thousand alerts take minutes to make: the answers are those of so many.
    await page.route(LIST, async (route) => {
      const { searchParams } = new URL(route.request().url());
      asked.push(searchParams);
      const answer = await route.fetch({ url: `${service.url}/api/alerts?size=2` });
      const body = (await answer.json()) as object;
      await route.fulfill({ response: answer, json: { ...body, total: 10_500, next: `after ${asked.length}` } });
    });
    await open("?size=200&page=50");
    await page.getByText("Page 50 of 53").waitFor();
    await page.getByRole("button", { name: "Older" }).click();
    await page.getByText("Page 51 of 53").waitFor();
    const after = new URL(page.url()).searchParams.get("after");
    expect(after).toMatch(/^after \d+$/);
    await expect.poll(() => [asked.at(-1)?.get("after"), asked.at(-1)?.get("from")], until).toEqual([after, null]);
    await page.locator(".outdated").waitFor({ state: "detached" });
    await page.getByRole("button", { name: "Older" }).click();
    await page.getByText("Page 52 of 53").waitFor();
    await page.getByRole("button", { name: "Newer" }).click();
    await page.getByText("Page 51 of 53").waitFor();
    expect(new URL(page.url()).searchParams.get("after")).toBe(after);
    await page.getByRole("button", { name: "Newer" }).click();
    await page.getByText("Page 50 of 53").waitFor();
    expect(new URL(page.url()).searchParams.get("after")).toBeNull();
    await page.unrouteAll({ behavior: "wait" });
    expect(complaints).toEqual([]);
  });

  it.each([
    [1280, "light"],
    [390, "light"],
    [390, "dark"],
  ] as const)("fits %i pixels, %s, with nothing that axe finds wrong", async (width, colorScheme) => {
    await page.setViewportSize({ width, height: 844 });
    await page.emulateMedia({ colorScheme });
    for (const search of ["", "?group=name", "?group=entity"]) {
      await open(search);
      await rows().first().waitFor();
      expect(await overflow(), search).toBeLessThanOrEqual(0);
      expect([search, await accessibilityProblems(page)]).toEqual([search, []]);
    }
    await open();
    for (const name of ["Views", "Columns"]) {
      await menu(name).click();
      expect(await overflow(), name).toBeLessThanOrEqual(0);
      expect([name, await accessibilityProblems(page)]).toEqual([name, []]);
    }
  });
});
