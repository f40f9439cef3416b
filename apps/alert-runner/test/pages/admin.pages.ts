/// <reference lib="dom" />
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  createSite,
  failedLogins,
  request,
  runCommand,
  type ServiceProcess,
  startService,
} from "../support/service-process.ts";
import { accessibilityProblems } from "./accessibility.ts";
import { openBrowser } from "./browser.ts";
import { overflowOf, takePicture } from "./visit.ts";

const PASSWORD = "correct horse battery";
const MARKUP = '<img src=x onerror="window.injected=true">';
/** Turns the text around it, where it is not written out. */
const TURNED = "\u202egnp.exe";
const PACKS = '["@mozdef/alerts-ssh", "@mozdef/alerts-nowhere"]';
const ADMIN_PAGES = ["/intake", "/watchlist", "/system", "/audit-log", "/access"];
const until = { timeout: 20_000, interval: 100 };

let browser: Browser;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser.close());

/** A page in a browser that nobody has used before, and what it complained about. */
const openPage = async (): Promise<{ readonly page: Page; readonly complaints: readonly string[] }> => {
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
  page.setDefaultTimeout(15_000);
  const complaints: string[] = [];
  page.on("pageerror", (error) => complaints.push(error.message));
  page.on("console", (message) => {
    // A refusal that a test asks for is one, too.
    if (message.type() === "error" && !/status of 4\d\d/.test(message.text())) complaints.push(message.text());
  });
  return { page, complaints };
};

/** Shows pages in each size and colour: nothing sticks out, axe finds nothing. Leaves pictures. */
const lookAt = async (page: Page, url: string, name: string) => {
  for (const path of ADMIN_PAGES) {
    await page.goto(`${url}${path}`);
    await page.getByRole("heading", { level: 1 }).waitFor();
    await page.waitForLoadState("networkidle");
    for (const colorScheme of ["light", "dark"] as const) {
      await page.emulateMedia({ colorScheme });
      expect([path, colorScheme, await accessibilityProblems(page)]).toEqual([path, colorScheme, []]);
    }
    for (const width of [1280, 390, 320]) {
      await page.setViewportSize({ width, height: 844 });
      expect([path, width, await overflowOf(page)]).toEqual([path, width, 0]);
      await page.emulateMedia({ colorScheme: width === 1280 ? "light" : "dark" });
      const file = `${name}${path.replaceAll("/", "-")}-${width}`;
      await takePicture(page, file);
    }
    await page.setViewportSize({ width: 1280, height: 800 });
    await page.emulateMedia({ colorScheme: "light" });
  }
};

/** One story: each test goes on where the one before it ended. */
describe("the pages of whoever runs a service with a log-in", () => {
  // Whether a full minute begins while the tests run is no matter of theirs.
  const everySecond = '{ AlertBruteforceSsh: { enabled: true, schedule: { kind: "interval", everyMs: 1_000 } } }';
  const site = createSite(`{ packs: ${PACKS}, auth: {}, alerts: ${everySecond} }`);
  let service: ServiceProcess;
  let page: Page;
  let complaints: readonly string[];
  /** A token for events, and one for everything. */
  let intakeToken = "";
  let adminToken = "";

  beforeAll(async () => {
    await runCommand(site, ["users", "create", "root", "--role", "admin"], `${PASSWORD}\n`);
    service = await startService(site, "built");
    ({ page, complaints } = await openPage());
  });
  afterAll(async () => {
    await service.end("SIGTERM");
    site.remove();
  });

  const signIn = async (who: Page, name: string, password = PASSWORD) => {
    await who.goto(`${service.url}/alerts`);
    await who.getByLabel("Name").fill(name);
    await who.getByLabel("Password").fill(password);
    await who.getByRole("button", { name: "Sign in" }).click();
    await who.getByText(`Signed in as ${name}`).waitFor();
  };
  const send = async (token: string, to: string, body: BodyInit) =>
    fetch(`${service.url}${to}`, {
      ...{ method: "POST", body },
      headers: { "content-type": "application/json", authorization: `Bearer ${token}` },
    });
  const more = () => page.locator("summary", { hasText: /^More$/ });
  const links = () => page.getByRole("navigation").locator(".more__links").getByRole("link");
  const row = (text: string) => page.locator("tbody tr").filter({ hasText: text });
  const makeToken = async (name: string, scope: string) => {
    const form = page.getByRole("form", { name: "New token" });
    await form.getByLabel("Name").fill(name);
    await form.getByLabel("Scope").selectOption(scope);
    await form.getByLabel("Ends").selectOption("30d");
    await form.getByRole("button", { name: "Make token" }).click();
    await page.getByRole("heading", { name: `The secret of ${name}` }).waitFor();
    return (await page.getByLabel(`Command: the secret of ${name}`).textContent()) ?? "";
  };

  it("are behind a menu that works by keys, and closes on Escape, on leaving and on choosing", async () => {
    await signIn(page, "root");
    await more().focus();
    await page.keyboard.press("Enter");
    expect(await links().allTextContents()).toEqual(["Intake", "Watchlist", "Status", "Audit log", "Access"]);
    expect(await accessibilityProblems(page)).toEqual([]);
    await takePicture(page, "admin-menu");
    await page.keyboard.press("Tab");
    await page.keyboard.press("Escape");
    expect(await links().first().isVisible()).toBe(false);
    expect(await more().evaluate((element) => element === document.activeElement)).toBe(true);

    await page.keyboard.press("Enter");
    for (let step = 0; step < 6; step += 1) await page.keyboard.press("Tab");
    expect(await links().first().isVisible()).toBe(false);
    await more().click();
    await page.getByRole("main").click({ position: { x: 5, y: 5 } });
    expect(await links().first().isVisible()).toBe(false);

    await page.setViewportSize({ width: 390, height: 844 });
    for (const menu of [more(), page.locator("summary", { hasText: "Signed in as root" })]) {
      await menu.click();
      expect(await overflowOf(page)).toBe(0);
      expect(await accessibilityProblems(page)).toEqual([]);
      await takePicture(page, "admin-menu-390");
      await page.keyboard.press("Escape");
    }
    await page.setViewportSize({ width: 1280, height: 800 });

    await more().click();
    await links().getByText("Intake").click();
    expect(page.url()).toBe(`${service.url}/intake`);
    expect(await links().first().isVisible()).toBe(false);
  });

  it("say how to send a first event, and make the token that this takes", async () => {
    await page.getByRole("heading", { name: "Nothing has come in since the start" }).waitFor();
    expect(await page.getByLabel("Command: send one event").textContent()).toContain("Authorization: Bearer TOKEN");
    await page.getByRole("main").getByRole("link", { name: "Access" }).click();
    intakeToken = await makeToken("shipper", "intake");
    expect((await send(intakeToken, "/events", JSON.stringify(failedLogins("192.0.2.7", MARKUP)))).status).toBe(200);
    await page.getByRole("button", { name: "Hide it" }).click();
    expect(await page.getByText(intakeToken).count()).toBe(0);
    adminToken = await makeToken("root-script", "admin");
    await page.getByRole("button", { name: "Copy: the secret of root-script" }).waitFor();
    await takePicture(page, "admin-secret");
    await page.getByRole("form", { name: "New token" }).getByLabel("Name").fill("SHIPPER");
    await page.getByRole("button", { name: "Make token" }).click();
    await page.getByRole("alert").filter({ hasText: "already" }).waitFor();
    await page.reload();
    await row("root-script").getByText("Not yet").waitFor();
    expect(await page.getByText(adminToken).count()).toBe(0);
  });

  it("show what comes in, what was kept in part and what was refused, and why", async () => {
    await page.goto(`${service.url}/intake`);
    const origin = row("HTTP: /events");
    await origin.first().waitFor();
    await send(intakeToken, "/events", new Uint8Array(Buffer.from('{"summary":"caf\xe9"}', "latin1")));
    await send(intakeToken, "/events", "[7]");
    await page.getByText("bytes that are not UTF-8 were replaced (1)").waitFor();
    await page.getByRole("table", { name: "Refused" }).getByText("EVENT_INVALID").waitFor();
    await page.getByText("12 events in the last minute.").waitFor();
    const senders = page.getByRole("table", { name: "Senders" });
    await senders
      .getByRole("row")
      .filter({ hasText: "shipper" })
      .getByRole("cell", { name: "12", exact: true })
      .waitFor();
    expect(await page.evaluate(() => "injected" in window)).toBe(false);
    await page.getByText("How to send events").click();
    await page.getByLabel("Command: send one event").waitFor();
  });

  it("say how the service is in sentences, and refresh by themselves", async () => {
    await more().click();
    await links().getByText("Status").click();
    await page.getByText("The service works:").waitFor();
    const problem = page.getByRole("listitem").filter({ hasText: "ALERTS_NOT_LOADED" });
    await problem.getByText("@mozdef/alerts-nowhere").waitFor();
    await page.getByText("The embedded store answers.").waitFor();
    await page.getByText(/^Events take .* of memory\. They may take .* [MG]iB\.$/).waitFor();
    await page.getByText("No alert is late.").waitFor();
    await page.getByText("Alerts go to nobody: no action is configured.").waitFor();
    await page.getByRole("table", { name: "Runners" }).getByText("(answers this page)").waitFor();
    await page.getByText("11 events saved since the start, 1 of them in part, 1 event refused").waitFor();
    await send(intakeToken, "/events", JSON.stringify(failedLogins("192.0.2.8", "web2")));
    await page.getByText("21 events saved since the start").waitFor();
    expect(await page.locator("pre").isVisible()).toBe(false);
    await page.getByText("As the API says it").click();
    expect(await page.locator("pre").textContent()).toContain('"service": "alert-runner"');
  });

  it("keep the watchlist: add a term once, find it, remove it in two steps, with hostile text as text", async () => {
    await page.goto(`${service.url}/watchlist`);
    await page.getByText("Nothing is watched for.").waitFor();
    const form = page.getByRole("region", { name: "New term" });
    const add = async (term: string) => {
      await form.getByLabel("Watch for").fill(term);
      await form.getByLabel("For", { exact: true }).selectOption("1w");
      await form.getByLabel("Why").fill(MARKUP);
      await form.getByLabel("Reference").fill("https://example.org/ticket/1");
      await form.getByRole("button", { name: "Watch" }).click();
    };
    await add(TURNED);
    await form.getByText(/“\\u202egnp\.exe” is watched for until/).waitFor();
    await add(TURNED);
    await form.getByText("is watched for already").waitFor();
    await add("192.0.2.9");
    const term = row("192.0.2.9");
    await term.waitFor();
    expect(await row("\\u202egnp.exe").textContent()).toContain(MARKUP);
    expect(await page.evaluate(() => "injected" in window)).toBe(false);
    const link = term.getByRole("link", { name: "https://example.org/ticket/1" });
    expect(await link.getAttribute("rel")).toContain("noopener");

    await page.getByLabel("Find").fill("192.0.2.9");
    await page.getByText("1 of 2 terms").waitFor();
    await term.getByRole("button", { name: "Remove: 192.0.2.9" }).focus();
    await page.keyboard.press("Enter");
    await page.keyboard.press("Escape");
    await term.getByRole("button", { name: "Remove: 192.0.2.9" }).click();
    await term.getByRole("button", { name: "Confirm: remove 192.0.2.9" }).click();
    await term.waitFor({ state: "detached" });
    await page.getByLabel("Find").fill("");
    await row("\\u202egnp.exe").waitFor();
  });

  it("keep users: add, change, sign out everywhere, delete", async () => {
    await page.goto(`${service.url}/access`);
    await row("shipper").getByRole("cell", { name: /UTC/ }).first().waitFor();
    const form = page.getByRole("form", { name: "New user" });
    const add = async () => {
      await form.getByLabel("Name").fill("vic");
      await form.getByLabel("Role").selectOption("viewer");
      await form.getByLabel(/^Password/).fill(PASSWORD);
      await form.getByRole("button", { name: "Add user" }).click();
    };
    await add();
    await page.getByText("vic may sign in.").waitFor();
    await add();
    await page.getByRole("alert").filter({ hasText: 'There is a user "vic" already.' }).waitFor();

    const { page: other } = await openPage();
    await signIn(other, "vic");
    await row("vic").getByRole("button", { name: "Sign out everywhere: vic" }).click();
    await row("vic").getByRole("button", { name: "Confirm: sign out everywhere vic" }).click();
    await page.getByText("1 session of vic ended.").waitFor();
    await other.reload();
    await other.getByRole("heading", { name: "Sign in" }).waitFor();

    await row("vic").getByText("Change", { exact: true }).click();
    const change = page.getByRole("form", { name: "Change of vic" });
    await change.getByLabel(/^New password/).fill("another horse battery");
    await takePicture(page, "admin-change");
    expect(await accessibilityProblems(page)).toEqual([]);
    await change.getByRole("button", { name: "Save" }).click();
    await page.getByText("vic was changed, and has to sign in again.").waitFor();
    await signIn(other, "vic", "another horse battery");
    await other.close();
    // Nobody deletes themselves by mistake.
    expect(
      await row("(you)")
        .getByRole("button", { name: /^Delete/ })
        .count(),
    ).toBe(0);
  });

  it("offer nobody what they may not do", async () => {
    const { page: other, complaints: others } = await openPage();
    await signIn(other, "vic", "another horse battery");
    await other.locator("summary", { hasText: "More" }).click();
    expect(await other.getByRole("navigation").locator(".more__links").getByRole("link").allTextContents()).toEqual([
      ...["Intake", "Watchlist", "Status"],
    ]);
    for (const address of ["/audit-log", "/access"]) {
      await other.goto(`${service.url}${address}`);
      await other.getByText("This page is for administrators").waitFor();
    }
    await other.goto(`${service.url}/watchlist`);
    await other.locator("tbody tr").first().waitFor();
    expect(await other.getByRole("button", { name: /Watch|Remove/ }).count()).toBe(0);
    await other.goto(`${service.url}/silences`);
    await other.getByText("Nothing is muted.").waitFor();
    expect(await other.getByRole("button", { name: "Silence" }).count()).toBe(0);
    // What changes an alert or a rule: buttons, fields, boxes. What remains is for looking: filters, keys, columns, times.
    await other.goto(`${service.url}/alerts`);
    const alerts = other.getByRole("table", { name: "Alerts" });
    await alerts.getByRole("link").first().waitFor();
    expect(await alerts.getByRole("button").count()).toBe(0);
    expect(await alerts.getByRole("checkbox").count()).toBe(0);
    await alerts.getByRole("link").first().click();
    await other.getByText("Nobody takes care of it.").waitFor();
    expect(await other.getByLabel(/^(?:Status|Assignee|Close as|New comment|Address)$/).count()).toBe(0);
    expect(await other.getByRole("button", { name: /^(?:ack|Assign|Close|Add|Silence)/ }).count()).toBe(0);
    await other.goto(`${service.url}/manage-alerts`);
    await other.getByRole("link", { name: "AlertBruteforceSsh" }).waitFor();
    expect(await other.getByRole("button", { name: /Run now|arm / }).count()).toBe(0);
    await other.getByRole("link", { name: "AlertBruteforceSsh" }).click();
    await other.getByRole("heading", { name: "Schedule" }).waitFor();
    expect(await other.getByRole("button", { name: /Run now|arm |Change the|Backtest|Leave events out/ }).count()).toBe(
      0,
    );
    await other.getByRole("button", { name: "Look at all events" }).waitFor();
    expect(others).toEqual([]);
    await other.close();
  });

  it("show the audit log page by page, with filters that stay in the address", async () => {
    const tomorrow = new Date(Date.now() + 86_400_000).toISOString();
    const silence = { match: { name: "AlertDoor" }, until: tomorrow, reason: MARKUP };
    for (let made = 0; made < 100; made += 1)
      expect((await send(adminToken, "/api/silences", JSON.stringify(silence))).status).toBe(201);
    await page.goto(`${service.url}/audit-log`);
    const entries = page.getByRole("table", { name: "Audit log" }).locator("tbody tr");
    await expect.poll(() => entries.count(), until).toBe(100);
    expect(await entries.first().textContent()).toContain("Create silence");
    await entries.first().locator("summary").click();
    expect(await entries.first().locator("pre").textContent()).toContain('"reason": "<img');
    expect(await page.evaluate(() => "injected" in window)).toBe(false);
    await page.getByRole("button", { name: "Load more" }).click();
    await page.getByText(/shown, which is all$/).waitFor();
    expect(await entries.count()).toBeGreaterThan(105);

    await page.getByLabel("Action").fill("changeUser");
    await page.getByLabel("Outcome").selectOption("done");
    await page.getByRole("button", { name: "Show" }).click();
    await expect.poll(() => entries.count(), until).toBe(1);
    expect(page.url()).toBe(`${service.url}/audit-log?action=changeUser&outcome=done`);
    await page.reload();
    await expect.poll(() => entries.count(), until).toBe(1);
    expect(await entries.first().textContent()).toContain("root by password from 127.0.0.1");
    await entries.first().locator("summary").click();
    expect(await entries.first().locator("pre").textContent()).toContain('"password": "***"');
    await entries.first().getByRole("link", { name: "root" }).click();
    expect(page.url()).toContain("?by=root&action=changeUser&outcome=done");
    await page.getByLabel("From (UTC)").fill("2100-01-01T00:00");
    await page.getByRole("button", { name: "Show" }).click();
    await page.getByText("No entry fits these filters.").waitFor();
    expect(page.url()).toContain("since=2100-01-01T00%3A00%3A00.000Z");
    await page.getByRole("link", { name: "All entries" }).click();
    await expect.poll(() => entries.count(), until).toBe(100);
  });

  it("fit every width, with nothing that axe finds wrong", { timeout: 120_000 }, async () => {
    await lookAt(page, service.url, "admin");
  });

  it("take a token and a user away in two steps", async () => {
    await page.goto(`${service.url}/access`);
    await row("shipper").getByRole("button", { name: "Revoke: shipper" }).click();
    await row("shipper").getByRole("button", { name: "Confirm: revoke shipper" }).click();
    await page.getByText("The token shipper was revoked.").waitFor();
    expect((await send(intakeToken, "/events", "{}")).status).toBe(401);
    await row("vic").getByRole("button", { name: "Delete: vic" }).click();
    await row("vic").getByRole("button", { name: "Confirm: delete vic" }).click();
    await page.getByText("vic was deleted.").waitFor();
    await row("vic").waitFor({ state: "detached" });
    expect(complaints).toEqual([]);
  });
});

describe("the pages of whoever runs a service without a log-in", () => {
  const site = createSite(`{ packs: [] }`);
  let service: ServiceProcess;

  beforeAll(async () => {
    service = await startService(site, "built");
  });
  afterAll(async () => {
    await service.end("SIGTERM");
    site.remove();
  });

  it("say that there is none, and offer everything", async () => {
    const { page, complaints } = await openPage();
    await page.goto(`${service.url}/access`);
    await page.getByText("There is no log-in: whoever reaches this service may do everything.").waitFor();
    await page.goto(`${service.url}/intake`);
    expect(await page.getByLabel("Command: send one event").textContent()).not.toContain("TOKEN");
    await page.goto(`${service.url}/system`);
    await page.getByText("Everything works.").waitFor();
    await page.goto(`${service.url}/audit-log`);
    await page.getByText("Nothing was changed, and nobody was refused.").waitFor();
    await request(`${service.url}/api/watchlist`, "POST", { content: "192.0.2.9", by: TURNED });
    await page.reload();
    await page.getByRole("link", { name: "\\u202egnp.exe" }).waitFor();
    await lookAt(page, service.url, "open");
    expect(complaints).toEqual([]);
  });

  it("say when the service does not answer", async () => {
    const { page } = await openPage();
    await page.goto(`${service.url}/system`);
    await page.getByText("Everything works.").waitFor();
    await service.end("SIGTERM");
    await page.getByText("Not up to date: last answer").waitFor();
    await page.getByText("The alert service does not answer.").waitFor();
  });
});
