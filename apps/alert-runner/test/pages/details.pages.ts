/// <reference lib="dom" />
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { EVERY_SECOND, failedLogins, type ListedAlerts, request } from "../support/service-process.ts";
import { accessibilityProblems } from "./accessibility.ts";
import { openVisit, overflowOf, takePicture, type Visit } from "./visit.ts";

const MARKUP = '<img src=x onerror="window.injected=true">\u202egnp.exe';
const SHOWN = '<img src=x onerror="window.injected=true">\\u202egnp.exe';
const until = { timeout: 20_000, interval: 100 };
let visit: Visit;
let service: Visit["service"];
let page: Page;
const complaints: string[] = [];

/** More than an alert carries along, of hosts whose names make a long summary. */
const guesses = (address: string) =>
  Array.from({ length: 25 }, (_, place) => ({
    summary: `Failed password for invalid user from ${address}`,
    hostname: `web${place % 5}.${"long-".repeat(14)}name.example`,
    details: {
      ...{ program: "sshd", sourceipaddress: address, username: `user${place}`, note: MARKUP },
      sourceipgeolocation: { city: "Bern", country_name: "Switzerland" },
    },
  }));

const alertsAbout = (address: string) => request<ListedAlerts>(`${service.url}/api/alerts?entity=${address}`);
const openAlertAbout = async (address: string) => {
  const [alert] = (await alertsAbout(address)).alerts;
  await page.goto(`${service.url}/alerts/${alert?._id ?? ""}`);
  await page.getByRole("heading", { level: 1 }).waitFor();
};
const region = (name: string) => page.getByRole("region", { name });
const table = () => page.getByRole("table", { name: "Events of the alert" });
const eventRows = () => table().locator("tbody .found__row");
const columns = () => table().getByRole("columnheader").allTextContents();
const overflow = () => overflowOf(page);
const shot = (name: string) => takePicture(page, name);

beforeAll(async () => {
  visit = await openVisit({
    complaints,
    config: EVERY_SECOND.replace("{", `{ actions: { soc: { kind: "chat", send: () => Promise.resolve() } },`),
  });
  ({ service, page } = visit);
  for (const address of ["192.0.2.7", "192.0.2.8"]) {
    await request(`${service.url}/events`, "POST", guesses(address));
    await vi.waitFor(async () => expect(await alertsAbout(address)).toMatchObject({ total: 1 }), until);
  }
}, 60_000);
afterAll(() => visit.end());

/** One story: each test goes on where the one before it ended. */
describe("the page of an alert", () => {
  it("says first what happened, a long summary cut with the way to the whole", async () => {
    await openAlertAbout("192.0.2.7");
    await page.getByRole("heading", { name: "Events (10 of 25)" }).waitFor();
    const heading = page.getByRole("heading", { level: 1 });
    expect(await heading.textContent()).toMatch(/^25 ssh bruteforce attempts by 192\.0\.2\.7 .*…$/);
    await page.getByRole("button", { name: "Show the whole summary" }).click();
    expect(await heading.textContent()).toMatch(/name\.example \(5 hits\)$/);
    await page.getByRole("button", { name: "Show less of the summary" }).click();
    const header = (await page.locator(".details__meta").textContent()) ?? "";
    for (const text of ["NOTICE", "Manual", "25 events", "AlertBruteforceSsh"]) expect(header).toContain(text);
    const sections = await page.locator(".details > section > h2").allTextContents();
    const places = ["About", "Events", "Why did it fire?", "What it means", "Handling", "Fields"].map((title) =>
      sections.findIndex((section) => section.startsWith(title)),
    );
    expect(places).toEqual(places.toSorted((a, b) => a - b));
    expect(places).not.toContain(-1);
    await shot("alert-1280");
  });

  it("shows its events as a table that fits on a screen, by what differs between them", async () => {
    expect(await eventRows().count()).toBe(10);
    expect((await columns()).join()).toMatch(/^Time,hostname.*,details\.username.*,summary/);
    const box = await region("Events (10 of 25)").boundingBox();
    expect(box?.height ?? Number.POSITIVE_INFINITY).toBeLessThan(1_500);
  });

  it("keeps the columns that somebody chose for alerts of the class", async () => {
    await page.getByLabel("Add a column").selectOption("details.program");
    await table().getByRole("button", { name: "Remove the column hostname" }).click();
    await expect.poll(async () => (await columns()).join(), until).toMatch(/^Time,details\.username.*details\.program/);
    await openAlertAbout("192.0.2.8");
    await eventRows().first().waitFor();
    expect((await columns()).join()).toMatch(/^Time,details\.username.*details\.program/);
    await page.getByRole("button", { name: "Columns as they were" }).click();
    expect((await columns()).join()).toMatch(/^Time,hostname/);
    await openAlertAbout("192.0.2.7");
    await eventRows().first().waitFor();
    expect((await columns()).join()).toMatch(/^Time,hostname/);
  });

  it("opens an event by keyboard to all of its fields and its raw form, with hostile text as text", async () => {
    await page.getByRole("button", { name: "Show all fields" }).first().focus();
    await page.keyboard.press("Enter");
    const fields = page.locator(".event-fields").first();
    expect(await fields.textContent()).toContain(SHOWN);
    await fields.getByText("Raw JSON").click();
    expect(await fields.locator("pre").textContent()).toContain('"_source"');
    expect(await fields.locator("pre").textContent()).not.toContain("\u202e");
    expect(await page.evaluate(() => "injected" in window)).toBe(false);
    expect(await accessibilityProblems(page)).toEqual([]);
    await shot("alert-event-1280");
    await fields.getByRole("link", { name: "this event alone" }).click();
    await page.getByText(/One event: /).waitFor();
    await expect.poll(() => page.getByTestId("total").textContent(), until).toBe("1");
    await page.goBack();
  });

  it("leads to all events that it covers, and back", async () => {
    await page.getByRole("link", { name: "All 25 events in the search" }).click();
    await expect.poll(() => page.getByTestId("total").textContent(), until).toBe("25");
    expect(new URL(page.url()).searchParams.get("text")).toMatch(/^alerts\.id:"/);
    await page.goBack();
    await page.getByRole("heading", { name: "Events (10 of 25)" }).waitFor();
  });

  it("has a card for each entity, with its place, its events and its alerts", async () => {
    const card = region("About").getByRole("listitem").filter({ hasText: "192.0.2.7" });
    await card.getByText("Bern, Switzerland").waitFor();
    await card.getByRole("link", { name: "1 alert about 192.0.2.7" }).waitFor();
    await card.getByRole("link", { name: "Events of 192.0.2.7" }).click();
    await expect.poll(() => page.getByTestId("total").textContent(), until).toBe("25");
    expect(new URL(page.url()).searchParams.get("text")).toContain('details.sourceipaddress:"192.0.2.7"');
    await page.goBack();
  });

  it("lists other alerts about the same, and leads to them", async () => {
    const related = region("Related alerts (1)");
    await related.getByRole("link", { name: /attempts by 192\.0\.2\.8/ }).click();
    await page.getByRole("heading", { level: 1, name: /192\.0\.2\.8/ }).waitFor();
    await region("Related alerts (1)")
      .getByRole("link", { name: /^All alerts about/ })
      .click();
    await expect.poll(() => page.locator("tbody tr").count(), until).toBe(2);
    expect(new URL(page.url()).searchParams.getAll("entity").length).toBeGreaterThan(1);
  });

  it("says why it fired, clause by clause, of an event of one's choice", async () => {
    await openAlertAbout("192.0.2.7");
    const why = region("Why did it fire?");
    await why.getByLabel("by the event").selectOption({ index: 3 });
    await why.getByRole("button", { name: "Explain" }).click();
    await why.getByText("The event fits every clause of the rule.").waitFor();
    expect(await why.getByRole("table").textContent()).toContain("details.program");
    expect(await accessibilityProblems(page)).toEqual([]);
    await shot("alert-why-1280");
  });

  it("says in sentences where it was sent, and by what another was muted", async () => {
    await region("Deliveries (1)")
      .getByText(/^soc was sent the alert at /)
      .waitFor();
    await request(`${service.url}/api/silences`, "POST", {
      match: { ip: "192.0.2.9" },
      until: new Date(Date.now() + 3_600_000).toISOString(),
      ...{ reason: MARKUP, by: "ann" },
    });
    // Silences work within five seconds.
    await expect
      .poll(
        async () => {
          await request(`${service.url}/events`, "POST", failedLogins("192.0.2.9", "web9"));
          const { alerts } = await alertsAbout("192.0.2.9");
          return alerts.some(({ _source }) => "mutedby" in _source);
        },
        { timeout: 30_000, interval: 1_500 },
      )
      .toBe(true);
    const { alerts } = await alertsAbout("192.0.2.9");
    const muted = alerts.find(({ _source }) => "mutedby" in _source);
    await page.goto(`${service.url}/alerts/${muted?._id ?? ""}`);
    const deliveries = region("Deliveries (1)");
    await deliveries.getByText(/^soc was not sent the alert/).waitFor();
    expect(await deliveries.textContent()).toContain(`it was muted by a silence: silence of ann: ${SHOWN}`);
    expect(await page.evaluate(() => "injected" in window)).toBe(false);
    await deliveries.getByRole("link", { name: /^a silence/ }).click();
    await page.getByRole("heading", { level: 1, name: "Silences" }).waitFor();
  });

  it.each([
    [1280, "light"],
    [1280, "dark"],
    [390, "light"],
    [390, "dark"],
  ] as const)("fits %i pixels, and axe finds nothing wrong, %s", async (width, colorScheme) => {
    await page.setViewportSize({ width, height: 844 });
    await page.emulateMedia({ colorScheme });
    await openAlertAbout("192.0.2.7");
    await page.getByRole("button", { name: "Show all fields" }).first().click();
    await page.getByRole("button", { name: "Explain" }).click();
    await page.getByText("The event fits every clause of the rule.").waitFor();
    await page.waitForLoadState("networkidle");
    expect(await overflow()).toBeLessThanOrEqual(0);
    expect(await accessibilityProblems(page)).toEqual([]);
    await shot(`alert-${width}-${colorScheme}`);
    expect(complaints).toEqual([]);
  });
});
