/// <reference lib="dom" />
import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { failedLogins, type ListedAlerts, request } from "../support/service-process.ts";
import { openVisit, type Visit } from "./visit.ts";

const until = { timeout: 20_000, interval: 100 };
const RULE = "AlertBruteforceSsh";
let visit: Visit;
let service: Visit["service"];
let page: Page;
const complaints: string[] = [];

const alerts = () => request<ListedAlerts>(`${service.url}/api/alerts`);
const rows = () => page.locator("tbody tr");
const row = (text: string) => rows().filter({ hasText: text });
const stored = async () => (await alerts()).alerts.map(({ _source }) => [_source.status, _source.assignee ?? null]);
const region = (name: string) => page.getByRole("region", { name });

beforeAll(async () => {
  visit = await openVisit({ complaints });
  ({ service, page } = visit);
  // The night: two attackers, and a scanner of one's own.
  for (const address of ["192.0.2.7", "192.0.2.8", "198.51.100.9"])
    await request(`${service.url}/events`, "POST", failedLogins(address, "web1"));
  const accepted = {
    summary: "Accepted password for root from 192.0.2.7",
    hostname: "web1",
    details: { program: "sshd", sourceipaddress: "192.0.2.7" },
  };
  await request(`${service.url}/events`, "POST", [accepted]);
  await vi.waitFor(async () => expect(await alerts()).toMatchObject({ total: 3 }), until);
}, 60_000);
afterAll(() => visit.end());

it("is an analyst's morning: from what is open to what is done about it", async () => {
  // What is there?
  await page.goto(`${service.url}/alerts?open=true`);
  await page.getByLabel("Ack as").fill("ann");
  await row("192.0.2.7").waitFor();
  expect(await rows().count()).toBe(3);

  // The first one: who is it, and what else did they do?
  await row("192.0.2.7").getByRole("link").click();
  const about = region("About").getByRole("listitem").filter({ hasText: "192.0.2.7" });
  await about.getByRole("link", { name: /^Events/ }).click();
  await expect.poll(() => page.getByTestId("total").textContent(), until).toBe("11");
  await page.getByText("Accepted password for root from 192.0.2.7").waitFor();
  await page.goBack();

  // They got in: it is true, and somebody has to act.
  await page.getByLabel("Assignee").fill("bob");
  await page.keyboard.press("Enter");
  await page.getByText("assigned it to bob").waitFor();
  await page.getByLabel("Status").selectOption("escalated");
  await page.getByLabel("New comment").fill("They are in as root on web1.");
  await page.getByRole("button", { name: "Add comment" }).click();
  await page.getByRole("heading", { name: "Comments (1)" }).waitFor();

  // The scanner is one's own: closed, and left out from now on.
  await page.getByRole("link", { name: "← Alerts" }).click();
  await row("198.51.100.9").getByRole("link").click();
  await page.getByLabel("Close as").selectOption("falsePositive");
  await page.getByRole("button", { name: "Close alert" }).click();
  await page.getByText("closed").first().waitFor();
  await page.getByRole("link", { name: RULE, exact: true }).first().click();
  await page.getByRole("button", { name: "Leave events out" }).click();
  await page.getByLabel("Field of the event").fill("details.sourceipaddress");
  await page.getByLabel(/whole value/).fill("198.51.100.9");
  await page.getByLabel("Why", { exact: true }).fill("our own scanner");
  await page.getByRole("button", { name: "Leave them out" }).click();
  await page.getByRole("row").filter({ hasText: "our own scanner" }).waitFor();

  // The third waits: acknowledged by a key, from the list.
  await page.goto(`${service.url}/alerts?open=true`);
  await expect.poll(() => rows().count(), until).toBe(2);
  await row("192.0.2.8").getByRole("button", { name: /^ack/ }).click();
  await row("192.0.2.8").getByText("acked").waitFor();

  expect((await stored()).toSorted()).toEqual([
    ["acknowledged", null],
    ["closed", null],
    ["escalated", "bob"],
  ]);

  // The scanner goes on, and is heard no more; a third attacker is.
  for (const address of ["198.51.100.9", "192.0.2.10"])
    await request(`${service.url}/events`, "POST", failedLogins(address, "web2"));
  await row("192.0.2.10").waitFor();
  expect((await alerts()).total).toBe(4);
  expect(complaints).toEqual([]);
});
