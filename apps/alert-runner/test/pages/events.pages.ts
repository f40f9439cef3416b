/// <reference lib="dom" />
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { failedLogins, request } from "../support/service-process.ts";
import { accessibilityProblems } from "./accessibility.ts";
import { openVisit, overflowOf, takePicture, type Visit } from "./visit.ts";

const MARKUP = '<img src=x onerror="window.injected=true">\u202egnp.exe';
const until = { timeout: 20_000, interval: 100 };
let visit: Visit;
let service: Visit["service"];
let page: Page;
const complaints: string[] = [];

const logins = Array.from({ length: 60 }, (_, index) => ({
  category: "login",
  hostname: `web${index % 3}`,
  summary: `login ${index} of ${index % 2 === 0 ? "ann" : "bob"}`,
  details: { username: index % 2 === 0 ? "ann" : "bob", note: MARKUP },
}));

beforeAll(async () => {
  visit = await openVisit({ complaints });
  ({ service, page } = visit);
  await request(`${service.url}/events`, "POST", [...logins, ...failedLogins("192.0.2.7", "web1")]);
  await page.goto(`${service.url}/search`);
});
afterAll(() => visit.end());

const total = () => page.getByTestId("total").textContent();
const box = () => page.getByRole("combobox", { name: "Search" });
const overflow = () => overflowOf(page);
const shot = (name: string) => takePicture(page, name);

/** One story: each test goes on where the one before it ended. */
describe("the events page", () => {
  it("shows the newest events of the last day, and how many there are", async () => {
    await expect.poll(total, until).toBe("70");
    await page.getByRole("img", { name: "70 events over time" }).waitFor();
    expect(await page.locator("tbody .found__row").count()).toBe(50);
    await page.getByText("Page 1 of 2").waitFor();
    await shot("events-1280");
  });

  it("goes to the next page and back", async () => {
    await page.getByRole("button", { name: "Next" }).click();
    await expect.poll(() => page.locator("tbody .found__row").count(), until).toBe(20);
    await page.goBack();
    await expect.poll(() => page.locator("tbody .found__row").count(), until).toBe(50);
  });

  it("completes the name of a field and its value by keyboard, and searches", async () => {
    await box().fill("details.userna");
    await page.getByRole("option", { name: /details\.username/ }).waitFor();
    expect(await accessibilityProblems(page)).toEqual([]);
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
    expect(await box().inputValue()).toBe("details.username:");
    await page.getByRole("option", { name: /bob/ }).waitFor();
    await page.keyboard.type("b");
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Tab");
    expect(await box().inputValue()).toBe('details.username:"bob"');
    await page.keyboard.press("Enter");
    await expect.poll(total, until).toBe("30");
    expect(new URL(page.url()).searchParams.get("text")).toBe('details.username:"bob"');
  });

  it("says what is wrong with a search that cannot be read", async () => {
    await box().fill('category:"login');
    await page.keyboard.press("Enter");
    await page.getByText(/The store cannot read the search/).waitFor();
    await box().fill("category:login");
    await page.keyboard.press("Enter");
    await expect.poll(total, until).toBe("60");
    expect(await page.getByText(/The store cannot read the search/).count()).toBe(0);
    // The browser tells of each answer 400.
    expect(complaints.filter((complaint) => !complaint.includes("400"))).toEqual([]);
    complaints.length = 0;
  });

  it("counts the values of a field, and narrows to one or leaves it out", async () => {
    await page.getByLabel("Find a field").fill("hostn");
    await page.getByRole("button", { name: "hostname", exact: true }).click();
    await page.getByText("In 60 of 60 events").waitFor();
    await shot("events-field-1280");
    await page.getByRole("button", { name: "Only web1", exact: true }).click();
    await expect.poll(total, until).toBe("20");
    await page.getByRole("button", { name: "Without web1", exact: true }).click();
    await expect.poll(total, until).toBe("0");
    await page.getByText("No event fits").waitFor();
    await page.goBack();
    await expect.poll(total, until).toBe("20");
  });

  it("opens an event to all of its fields, with markup and hidden characters as text", async () => {
    await page.getByRole("button", { name: "Show all fields" }).first().click();
    const fields = page.locator(".event-fields").first();
    expect(await fields.textContent()).toContain('<img src=x onerror="window.injected=true">\\u202egnp.exe');
    expect(await page.evaluate(() => "injected" in window)).toBe(false);
    await fields.getByRole("button", { name: "Column details.username" }).click();
    await page.getByRole("columnheader", { name: /details\.username/ }).waitFor();
    expect(await accessibilityProblems(page)).toEqual([]);
    await shot("events-open-1280");
    await fields.getByRole("button", { name: "Only events with this details.username" }).click();
    await expect.poll(total, until).toBe("10");
    await page.locator(".event-fields").first().getByRole("link", { name: "this event alone" }).click();
    await page.getByText(/One event: /).waitFor();
    await page.getByRole("button", { name: /show others, too/ }).click();
    await expect.poll(total, until).toBe("70");
  });

  it("is there for phones, in the dark, and without findings of axe", async () => {
    await page.setViewportSize({ width: 390, height: 844 });
    await page.emulateMedia({ colorScheme: "dark" });
    await page.goto(`${service.url}/search?text=category:login&field=hostname`);
    await page.getByText("In 60 of 60 events").waitFor();
    expect(await overflow()).toBeLessThanOrEqual(0);
    expect(await accessibilityProblems(page)).toEqual([]);
    await shot("events-390-dark");
    expect(complaints).toEqual([]);
  });
});
