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
import { accessibilityProblems } from "./accessibility.ts";
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
const focusedLabel = () =>
  page.evaluate(() => (document.activeElement as HTMLInputElement | null)?.labels?.[0]?.textContent ?? "");
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
    await page.getByRole("button", { name: "Show all fields" }).first().click();
    const details = (await page.locator("main").textContent()) ?? "";
    for (const text of ["AlertBruteforceSsh", "details.sourceipaddress", "Failed password for invalid user", "alerts-"])
      expect(details).toContain(text);
    await page.locator("summary", { hasText: "Raw JSON" }).first().click();
    expect(await page.locator("pre").first().textContent()).toContain('"_source":');
  });

  it("returns to the alert it came from", async () => {
    await page.getByRole("link", { name: "← Alerts" }).focus();
    await page.keyboard.press("Enter");
    await row("192.0.2.7").waitFor();
    expect(await focused()).toContain("192.0.2.7");
  });

  it("acknowledges by keyboard, and remembers", async () => {
    await page.getByLabel("Ack as").fill("ann");
    const ack = row("192.0.2.7").getByRole("button", { name: /^ack/ });
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
    await row("192.0.2.7").getByRole("button", { name: /^ack/ }).click();
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

  it("assigns an alert, talks about it and closes it with a reason, by keyboard, with markup as text", async () => {
    const stored = async () => {
      const [alert] = (await alerts()).alerts;
      return request<{ readonly _source: object }>(`${service.url}/api/alerts/${alert?._id ?? ""}`);
    };
    await row("192.0.2.8").click();
    await page.getByLabel("Assignee").fill("bob");
    await page.keyboard.press("Enter");
    await page.getByText("assigned it to bob").waitFor();
    await page.getByLabel("New comment").fill(`${MARKUP}\nsecond line`);
    await page.getByRole("button", { name: "Add comment" }).click();
    await page.getByRole("heading", { name: "Comments (1)" }).waitFor();
    expect(await page.locator(".comments").textContent()).toContain(MARKUP);
    expect(await page.evaluate(() => "injected" in window)).toBe(false);
    expect(await page.getByLabel("New comment").inputValue()).toBe("");
    await page.getByRole("textbox", { name: "Address" }).fill("https://example.org/ticket/1");
    await page.getByRole("textbox", { name: "Title" }).fill("ticket 1");
    await page.keyboard.press("Enter");
    expect(await page.getByRole("link", { name: "ticket 1" }).getAttribute("href")).toBe(
      "https://example.org/ticket/1",
    );

    // The browser asks for a reason.
    await page.getByRole("button", { name: "Close alert" }).click();
    await expect.poll(focusedLabel, until).toBe("Close as");
    await page.getByLabel("Close as").selectOption("falsePositive");
    await page.getByRole("region", { name: "Handling" }).getByLabel("Why").fill("our own scanner");
    await page.keyboard.press("Enter");
    await page.getByText("Closed (False positive) by ann").waitFor();
    await page.getByRole("heading", { name: "Comments (2)" }).waitFor();
    await page.getByText("closed it: False positive").waitFor();
    expect(await page.getByRole("button", { name: /^ack/ }).count()).toBe(0);
    expect(await stored()).toMatchObject({
      _source: {
        ...{ status: "closed", assignee: "bob", closedby: "ann", closereason: "falsePositive" },
        comments: [{ by: "ann" }, { by: "ann", text: "our own scanner" }],
        links: [{ title: "ticket 1" }],
      },
    });
    await page.getByRole("button", { name: "Reopen" }).click();
    await page.getByRole("button", { name: "Close alert" }).waitFor();
    await page.getByText("opened it again: Manual").waitFor();
    await page.getByLabel("Assignee").fill("");
    await page.getByRole("button", { name: "Assign" }).click();
    await page.getByText("took it from bob").waitFor();
    await page.goBack();
    await row("192.0.2.8").getByText("Manual").waitFor();
    expect(complaints).toEqual([]);
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

  it("reads every filter of the address, and takes each off by itself", async () => {
    await page.goto(`${service.url}/alerts?severity=NOTICE&severity=CRITICAL&status=manual&entity=192.0.2.8&open=true`);
    await expect.poll(() => rows().count(), until).toBe(1);
    const chips = page.getByRole("list", { name: "Filters in use" }).getByRole("button");
    expect(await chips.allTextContents()).toEqual([
      ...["severity: NOTICE ×", "severity: CRITICAL ×", "status: Manual ×", "about: 192.0.2.8 ×"],
    ]);
    await page.getByRole("button", { name: "Remove filter about: 192.0.2.8" }).click();
    await expect.poll(() => rows().count(), until).toBe(2);
    expect(page.url()).not.toContain("entity");
    await page.getByRole("button", { name: "Reset filters" }).click();
  });

  it("draws alerts over time, and narrows the list to what is marked there", async () => {
    await page.goto(`${service.url}/alerts`);
    const bars = page.getByRole("img", { name: "2 alerts over time" });
    await bars.waitFor();
    const box = await bars.boundingBox();
    if (box === null) throw new Error("there are no bars");
    const middle = box.y + box.height / 2;
    await page.mouse.move(box.x + 2, middle);
    await page.mouse.down();
    await page.mouse.move(box.x + box.width - 2, middle, { steps: 4 });
    await page.mouse.up();
    await expect.poll(() => page.url(), until).toMatch(/since=.*&until=/);
    await page.getByRole("button", { name: /^Remove filter from/ }).click();
    await page.getByRole("button", { name: /^Remove filter until/ }).click();
    await expect.poll(() => rows().count(), until).toBe(2);
  });

  it("goes through the list by keys, and changes several alerts at once", async () => {
    await page.keyboard.press("j");
    expect(await focused()).toContain("192.0.2.8");
    await page.keyboard.press("x");
    await page.keyboard.press("j");
    expect(await focused()).toContain("192.0.2.7");
    await page.keyboard.press("x");
    await page.getByText("2 chosen").waitFor();
    await page.keyboard.press("a");
    await expect.poll(() => rows().getByText("acked").count(), until).toBe(2);
    await page.getByLabel("Choose all on this page").check();
    await page.getByLabel("Close as").selectOption("benign");
    await expect.poll(() => rows().getByText("Closed").count(), until).toBe(2);
    await page.getByLabel("Only open ones").check();
    await page.getByText("No alert matches these filters").waitFor();
    const closed = await alerts();
    expect(closed.alerts.map(({ _source }) => [_source.status, _source.closedby])).toEqual([
      ["closed", "ann"],
      ["closed", "ann"],
    ]);
    const ids = closed.alerts.map(({ _id }) => _id);
    await request(`${service.url}/api/alert-changes`, "POST", { ids, change: { kind: "reopen" } });
    await page.getByLabel("Only open ones").uncheck();
    await expect.poll(() => rows().getByText("Manual").count(), until).toBe(2);
    await page.getByLabel("Choose all on this page").check();
    await page.getByLabel("Mute for").selectOption("1 hour");
    await page.getByLabel("Why").fill("a drill");
    await page.getByRole("button", { name: "Mute its rule" }).click();
    await page.getByText("2 chosen").waitFor({ state: "detached" });
    const { silences } = await request<{ readonly silences: readonly { readonly id: string }[] }>(
      `${service.url}/api/silences?state=active`,
    );
    expect(silences).toMatchObject([{ match: { name: "AlertBruteforceSsh" }, reason: "a drill", by: "ann" }]);
    for (const { id } of silences) await request(`${service.url}/api/silences/${id}`, "DELETE", {});
    await page.keyboard.press("?");
    await page.getByText("look for words").waitFor();
    await page.keyboard.press("?");
    await page.keyboard.press("/");
    expect(await focusedLabel()).toBe("Text");
    expect(complaints).toEqual([]);
  });

  it("leads from an alert to all alerts about the same, and says what to do", async () => {
    await page.setViewportSize({ width: 1280, height: 800 });
    await page.goto(`${service.url}/alerts`);
    await row("192.0.2.8").getByRole("link").click();
    const about = page.getByRole("region", { name: "About" });
    await about.getByText("192.0.2.8", { exact: true }).waitFor();
    await page.getByRole("heading", { name: "What it means" }).waitFor();
    await page.getByText("It goes to nobody").waitFor();
    await about.getByRole("listitem").filter({ hasText: "192.0.2.8" }).getByRole("link", { name: "1 alert" }).click();
    await expect.poll(() => rows().count(), until).toBe(1);
    expect(page.url()).toContain("?entity=192.0.2.8");
  });

  it("mutes alerts like one from its page, after a look at what that mutes", async () => {
    await row("192.0.2.8").getByRole("link").click();
    await page.getByText("Mute alerts like this one for a time").click();
    expect(await page.getByLabel("Alerts with all of these").inputValue()).toContain("name: AlertBruteforceSsh");
    await page.getByLabel("Alerts with all of these").fill("ip: 192.0.2.8");
    await page.getByRole("button", { name: "Preview" }).click();
    await page.getByText("Would mute 1 of the 2 open alerts of the last day: AlertBruteforceSsh (1).").waitFor();
    await page.getByRole("region", { name: "Silence" }).getByLabel("Why").fill(MARKUP);
    await page.getByRole("button", { name: "Silence", exact: true }).click();
    await page.getByText("They are muted until").waitFor();
    await page.getByRole("link", { name: "Silences" }).click();
    const silence = row("ip: 192.0.2.8");
    await silence.getByText("Mutes now").waitFor();
    expect(await silence.textContent()).toContain(`${MARKUP} (ann)`);
    await page.getByLabel("Alerts with all of these").fill("192.0.2.8");
    await page.getByRole("button", { name: "Preview" }).click();
    await page.getByText("A field and what it has to be").waitFor();
    await silence.getByRole("button", { name: "End now" }).click();
    await silence.getByText("Over").waitFor();
    await page.getByRole("link", { name: "Deliveries" }).click();
    await page.getByText("Nothing here: no alert was sent").waitFor();
    expect(complaints).toEqual([]);
  });

  it.each(["/silences", "/deliveries"])("fits phones at %s", async (path) => {
    await page.setViewportSize({ width: 390, height: 844 });
    await page.goto(`${service.url}${path}`);
    await page.getByRole("heading", { level: 1 }).waitFor();
    expect(await overflow()).toBeLessThanOrEqual(0);
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

  it.each(["light", "dark"] as const)("has nothing that axe finds wrong on any page, %s", async (colorScheme) => {
    await page.setViewportSize({ width: 1280, height: 800 });
    await page.emulateMedia({ colorScheme });
    const [alert] = (await alerts()).alerts;
    const pages = [
      "/alerts?severity=NOTICE",
      `/alerts/${alert?._id ?? ""}`,
      "/silences",
      "/deliveries",
      "/manage-alerts",
    ];
    for (const path of [...pages, "/alerts?text=nothing"]) {
      await page.goto(`${service.url}${path}`);
      await page.getByRole("heading", { level: 1 }).waitFor();
      await page.waitForLoadState("networkidle");
      expect([path, await accessibilityProblems(page)]).toEqual([path, []]);
    }
    await page.goto(`${service.url}/alerts`);
    await page.getByLabel("Choose all on this page").check();
    await page.getByRole("button", { name: "More filters" }).click();
    await page.keyboard.press("?");
    expect(await accessibilityProblems(page)).toEqual([]);
  });

  it("shows an alert by its address, and says when there is none", async () => {
    const [alert] = (await alerts()).alerts;
    await page.goto(`${service.url}/alerts/${alert?._id ?? ""}`);
    await page.getByRole("heading", { level: 1, name: /192\.0\.2\.8/ }).waitFor();
    expect(complaints).toEqual([]);
    await page.goto(`${service.url}/alerts/none`);
    await page.getByRole("heading", { name: "No such alert" }).waitFor();
    expect(await accessibilityProblems(page)).toEqual([]);
  });

  it("runs an alert at once and switches it off in two steps", async () => {
    await page.setViewportSize({ width: 1280, height: 800 });
    await page.goto(`${service.url}/alerts`);
    await page.getByRole("link", { name: "Manage" }).click();
    expect(page.url()).toBe(`${service.url}/manage-alerts`);
    const ssh = row("AlertBruteforceSsh");
    await ssh.getByRole("button", { name: "Run now: AlertBruteforceSsh" }).click();
    await ssh.getByText("0 events, 0 alerts").waitFor();

    await ssh.getByRole("button", { name: "arm disable: AlertBruteforceSsh" }).click();
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
