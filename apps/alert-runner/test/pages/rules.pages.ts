/// <reference lib="dom" />
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { failedLogins, type ListedAlerts, request } from "../support/service-process.ts";
import { accessibilityProblems } from "./accessibility.ts";
import { openVisit, overflowOf, takePicture, type Visit } from "./visit.ts";

const MARKUP = '<img src=x onerror="window.injected=true">';
const HOSTILE = "host\u202egnp.exe";
const RULE = "AlertBruteforceSsh";
const until = { timeout: 20_000, interval: 100 };
let visit: Visit;
let service: Visit["service"];
let page: Page;
const complaints: string[] = [];

beforeAll(async () => {
  visit = await openVisit({
    complaints,
    // Nonsense is refused: that is what the tests of it want.
    isWanted: (complaint) => /40[04]/.test(complaint),
  });
  ({ service, page } = visit);
  await page.goto(`${service.url}/manage-alerts`);
  await page.getByLabel("Ack as").fill("ann");
});
afterAll(() => visit.end());

const rows = () => page.locator("tbody tr");
const row = (text: string) => rows().filter({ hasText: text });
const region = (name: string) => page.getByRole("region", { name });
const overflow = () => overflowOf(page);
const focusedLabel = () => page.evaluate(() => document.activeElement?.getAttribute("aria-label") ?? "");
const shot = (name: string) => takePicture(page, name);

/** One story: each test goes on where the one before it ended. */
describe("the pages of alert rules", () => {
  it("finds alerts by words, and keeps them in the address", async () => {
    await row(RULE).waitFor();
    const count = await rows().count();
    await page.getByLabel("Find alerts").fill("brute T1110");
    await expect.poll(() => rows().count(), until).toBeLessThan(count);
    expect(new URL(page.url()).searchParams.get("text")).toBe("brute T1110");
    await page.reload();
    await row(RULE).waitFor();
    expect(await page.getByLabel("Find alerts").inputValue()).toBe("brute T1110");
    await page.getByLabel("Find alerts").fill("no such thing");
    await page.getByText("No alert has these words.").waitFor();
    await page.keyboard.press("Escape");
    await expect.poll(() => rows().count(), until).toBe(count);
    expect(page.url()).not.toContain("text=");
    await shot("rules-list-1280");
  });

  it("switches a rule off with a reason, by keyboard", async () => {
    const name = "SshLateral";
    await row(name)
      .getByRole("button", { name: `arm disable: ${name}` })
      .focus();
    await page.keyboard.press("Enter");
    await page.keyboard.type(`${MARKUP} is too loud`);
    await page.keyboard.press("Enter");
    await row(name).getByRole("cell", { name: "No", exact: true }).waitFor();
    expect(await focusedLabel()).toBe(`arm enable: ${name}`);
    await row(name).getByRole("link", { name }).click();
    await page.getByRole("heading", { level: 1, name }).waitFor();
    expect(await region("Changes (1)").textContent()).toContain(`ann disabled it: ${MARKUP} is too loud`);
    expect(await page.evaluate(() => "injected" in window)).toBe(false);
    await page.getByRole("link", { name: "← Manage alerts" }).click();
  });

  it("shows what a rule is for, how it runs, and what it goes by", async () => {
    await request(`${service.url}/events`, "POST", failedLogins("192.0.2.7", HOSTILE));
    await expect.poll(() => request<ListedAlerts>(`${service.url}/api/alerts`), until).toMatchObject({ total: 1 });
    await row(RULE).getByRole("link", { name: RULE }).click();
    await page.getByRole("heading", { level: 1, name: RULE }).waitFor();
    expect(new URL(page.url()).pathname).toBe(`/manage-alerts/${RULE}`);
    expect(await page.title()).toBe(`${RULE} · MozDef`);
    await region("What it detects").getByRole("heading", { name: "What to do" }).waitFor();
    await region("Open alerts (1)").getByText("host\\u202egnp.exe").waitFor();
    const config = (await region("Configuration").textContent()) ?? "";
    expect(config).toContain("from the alert's own default");
    expect(await region("Schedule").getByRole("listitem").count()).toBe(5);
    expect(await region("Schedule").textContent()).toContain("from the configuration of the service");
  });

  it("has the runs as a strip, the newest on the right, each with a text", async () => {
    const cells = region("Runs").getByRole("list", { name: "The last runs, oldest first" }).getByRole("listitem");
    await expect.poll(() => cells.filter({ hasText: "ran and alerted" }).count(), until).toBe(1);
    const texts = await cells.allTextContents();
    const times = texts.map((text) => /\d{4}-\d\d-\d\d \d\d:\d\d:\d\d/.exec(text)?.[0] ?? "");
    expect(times).toEqual([...times].sort());
    expect(await cells.last().getAttribute("title")).toMatch(/UTC ran/);
  });

  it("leads to the alerts of the rule", async () => {
    await page.getByRole("link", { name: "All open alerts" }).click();
    await expect.poll(() => new URL(page.url()).searchParams.get("classname"), until).toBe(RULE);
    await row("192.0.2.7").waitFor();
    await page.goBack();
  });

  it("shows the slots of another schedule before it is saved, and what is wrong with one", async () => {
    await page.getByRole("button", { name: "Change the schedule" }).click();
    const form = page.getByRole("form", { name: "Change the schedule" });
    await form.getByText("Would run at (1.0 seconds)").waitFor();
    await form.getByLabel("by the clock").check();
    await form.getByLabel("Minute", { exact: true }).fill("99");
    await form.getByText('wrong "minute"').waitFor();
    expect(await form.getByRole("button", { name: "Save the schedule" }).getAttribute("aria-disabled")).toBe("true");
    expect(await accessibilityProblems(page)).toEqual([]);
    await form.getByLabel("Minute", { exact: true }).fill("0,30");
    await form.getByLabel("Hour").fill("9");
    await form.getByLabel("Time zone").fill("Europe/Berlin");
    await form.getByText("Would run at (0,30 9 * * * Europe/Berlin)").waitFor();
    await shot("rule-schedule-form-1280");
    await form.getByLabel("Why (optional)").fill("mornings only");
    await form.getByRole("button", { name: "Save the schedule" }).click();
    await region("Schedule").getByText("crontab, somebody has set it here").waitFor();
    await region("Changes (1)").getByText("ann set the schedule 0,30 9 * * * Europe/Berlin: mornings only").waitFor();
    await page.getByRole("button", { name: "Change the schedule" }).click();
    await page.getByRole("button", { name: "Back to its own schedule" }).click();
    await region("Schedule").getByText("interval, from the configuration of the service").waitFor();
  });

  it("says why it is silent, with the events that nearly fit, as text", async () => {
    const other = { summary: `Accepted password for ${MARKUP}`, hostname: HOSTILE, details: { program: "sshd" } };
    await request(`${service.url}/events`, "POST", [other]);
    const why = region("Why is it silent?");
    await why.getByRole("button", { name: "Look at all events" }).click();
    await why.getByText("It is silent:").waitFor();
    await why.getByText("had it not alerted on them before").waitFor();
    await why.getByRole("table", { name: "Clauses" }).waitFor();
    await why
      .getByRole("button", { name: /^Look at it closer/ })
      .first()
      .click();
    await why.getByText("0 of 1 event in").waitFor();
    await why.getByLabel("or at one event").fill("mozdefstate/anything");
    await why.getByRole("button", { name: "Look at it", exact: true }).click();
    await why.getByText("does not look at an event").waitFor();
    await why.getByRole("button", { name: "Look at all events" }).click();
    await why.getByText("It is silent:").waitFor();
    expect(await page.evaluate(() => "injected" in window)).toBe(false);
  });

  it("says what it would have found, with a bar for each hour", async () => {
    const found = region("What would it have found?");
    await found.getByLabel("Run it over").selectOption("the last hour");
    await found.getByRole("button", { name: "Backtest" }).click();
    await found.getByText(/^1 alert at [\d]+ slots?/).waitFor({ timeout: 40_000 });
    await found.getByText("10 ssh bruteforce attempts by 192.0.2.7 host\\u202egnp.exe").waitFor();
    await found.getByText("Alerts an hour, as a table").click();
    expect(await found.getByRole("row").count()).toBeGreaterThan(1);
    await shot("rule-answers-1280");
    expect(await accessibilityProblems(page)).toEqual([]);
    await page.setViewportSize({ width: 390, height: 900 });
    expect(await overflow()).toBe(0);
    await shot("rule-answers-390");
    await page.setViewportSize({ width: 1280, height: 900 });
    expect(complaints).toEqual([]);
  });

  it("runs a rule now", async () => {
    await page.getByRole("button", { name: `Run now: ${RULE}` }).click();
    await page.getByText("asked for").first().waitFor({ state: "attached" });
    expect(complaints).toEqual([]);
  });

  it.each([
    [1280, "light"],
    [1280, "dark"],
    [390, "light"],
    [390, "dark"],
  ] as const)("fits %i pixels, %s, with nothing that axe finds wrong", async (width, colorScheme) => {
    await page.setViewportSize({ width, height: 900 });
    await page.emulateMedia({ colorScheme });
    for (const [name, path] of [
      ["rules", "/manage-alerts"],
      ["rule", `/manage-alerts/${RULE}`],
    ] as const) {
      await page.goto(`${service.url}${path}`);
      await page.getByText(RULE).first().waitFor();
      await page.waitForLoadState("networkidle");
      expect([path, await overflow()]).toEqual([path, 0]);
      expect([path, await accessibilityProblems(page)]).toEqual([path, []]);
      await shot(`${name}-${width}-${colorScheme}`);
    }
  });

  it("says when there is no such rule", async () => {
    complaints.length = 0;
    await page.goto(`${service.url}/manage-alerts/${encodeURIComponent(HOSTILE)}`);
    await page.getByRole("heading", { name: "No such alert rule" }).waitFor();
    expect(await page.locator("main code").textContent()).toBe("host\\u202egnp.exe");
    expect(await accessibilityProblems(page)).toEqual([]);
  });
});
