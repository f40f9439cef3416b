/// <reference lib="dom" />
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { failedLogins, type ListedAlerts, request } from "../support/service-process.ts";
import { accessibilityProblems } from "./accessibility.ts";
import { openVisit, overflowOf, takePicture, type Visit } from "./visit.ts";

const HOSTILE = 'why <img src=x onerror="window.injected=true"> \u202egnp';
const RULE = "AlertBruteforceSsh";
const until = { timeout: 20_000, interval: 100 };
let visit: Visit;
let service: Visit["service"];
let page: Page;
const complaints: string[] = [];

beforeAll(async () => {
  visit = await openVisit({
    complaints,
    // A value that no event can have is refused: that is what a test of it wants.
    isWanted: (complaint) => complaint.includes("400"),
  });
  ({ service, page } = visit);
  await page.goto(`${service.url}/manage-alerts/${RULE}`);
  await page.getByLabel("Ack as").fill("ann");
});
afterAll(() => visit.end());

const section = () => page.getByRole("region", { name: /^Exceptions/ });
const form = () => section().getByRole("form", { name: "Leave events out" });
const overflow = () => overflowOf(page);
const shot = (name: string) => takePicture(page, name);
const isAccessible = async () => {
  for (const colorScheme of ["dark", "light"] as const) {
    await page.emulateMedia({ colorScheme });
    expect(await accessibilityProblems(page)).toEqual([]);
  }
};
const alerts = async (): Promise<readonly string[]> => {
  const found = await request<ListedAlerts>(`${service.url}/api/alerts`);
  return found.alerts.map(({ _source }) => String(_source.summary));
};
const logIn = (address: string) => request(`${service.url}/events`, "POST", failedLogins(address, "web1"));

/** One story: each test goes on where the one before it ended. */
describe("the exceptions of an alert rule", () => {
  it("says that there are none, and opens the form by the keyboard", async () => {
    await section().getByText("It looks at all events that it finds.").waitFor();
    await section().getByRole("button", { name: "Leave events out" }).press("Enter");
    await form().waitFor();
    await isAccessible();
    await page.setViewportSize({ width: 390, height: 844 });
    expect(await overflow()).toBeLessThanOrEqual(0);
    await shot("exceptions-form-390");
    await page.setViewportSize({ width: 1280, height: 900 });
    await shot("exceptions-form-1280");
  });

  it("refuses a value that the field cannot have, in words", async () => {
    await form().getByLabel("Field of the event").fill("details.sourceipaddress");
    await form()
      .getByLabel(/whole value/)
      .fill("not an address");
    await form().getByLabel("Why", { exact: true }).fill(HOSTILE);
    await form().getByRole("button", { name: "Leave them out" }).click();
    await form().getByRole("alert").getByText("could not look for anything with this exception").waitFor();
  });

  it("shows before how many events it would leave out, and leaves them out", async () => {
    await form()
      .getByLabel(/whole value/)
      .fill("192.0.2.7\n192.0.2.8");
    await form().getByRole("button", { name: "Preview" }).click();
    await form()
      .getByText(/Would leave out \d+ of the \d+ events of the last day/)
      .waitFor();
    await form().getByRole("button", { name: "Leave them out" }).click();
    const row = section().getByRole("row").filter({ hasText: "192.0.2.7" });
    await row.waitFor();
    expect(await row.textContent()).toContain("\\u202egnp");
    expect(await row.textContent()).toContain("ann");
    expect(await page.evaluate(() => "injected" in window)).toBe(false);
    expect(await section().getByRole("heading", { level: 2 }).textContent()).toBe("Exceptions (1)");
    await isAccessible();
    await shot("exceptions-1280");
    await page.setViewportSize({ width: 390, height: 844 });
    expect(await overflow()).toBeLessThanOrEqual(0);
    await shot("exceptions-390");
    await page.setViewportSize({ width: 1280, height: 900 });
  });

  it("keeps the alert silent on them, and not on others", async () => {
    await logIn("192.0.2.7");
    await logIn("192.0.2.9");
    await expect.poll(alerts, until).toContainEqual(expect.stringContaining("192.0.2.9"));
    expect(await alerts()).not.toContainEqual(expect.stringContaining("192.0.2.7"));
  });

  it("ends one in two steps, and the alert finds its events again", async () => {
    const row = section().getByRole("row").filter({ hasText: "192.0.2.7" });
    await row.getByRole("button", { name: /^End/ }).click();
    await row.getByRole("button", { name: /^Confirm/ }).press("Enter");
    await section().getByText("It looks at all events that it finds.").waitFor();
    await section().getByText("Over (1)").click();
    await section().getByText("ended by ann").waitFor();
    await expect.poll(alerts, until).toContainEqual(expect.stringContaining("192.0.2.7"));
    expect(complaints).toEqual([]);
  });
});
