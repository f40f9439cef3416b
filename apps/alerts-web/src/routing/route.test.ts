import { expect, it } from "vitest";
import { detailsAddress, listAddress, parseRoute, ruleAddress } from "./route.ts";

it.each([
  ["/alerts", { page: "list", search: "" }],
  ["/alerts/", { page: "list", search: "" }],
  ["/alerts?severity=INFO&page=2", { page: "list", search: "?severity=INFO&page=2" }],
  ["/alerts/abc?x=1", { page: "details", id: "abc" }],
  ["/alerts/%E0%A4", { page: "unknown" }],
  ["/manage-alerts", { page: "schedules", search: "" }],
  ["/manage-alerts?text=ssh", { page: "schedules", search: "?text=ssh" }],
  ["/manage-alerts/AlertDoor", { page: "rule", name: "AlertDoor" }],
  ["/manage-alerts/", { page: "unknown" }],
  ["/silences", { page: "silences", search: "" }],
  ["/deliveries?x=1", { page: "deliveries", search: "?x=1" }],
  ["/audit-log?by=ann", { page: "audit", search: "?by=ann" }],
  ["/system", { page: "status", search: "" }],
  ["/alertsX", { page: "unknown" }],
  ["/", { page: "unknown" }],
])("%s", (address, route) => expect(parseRoute(address)).toEqual(route));

it.each(["AlertBruteforceSsh-0a1b", "a/b", "a?b#c", "ü %", ".."])("finds the way back to alert %s", (id) => {
  expect(parseRoute(detailsAddress(id))).toEqual(id === ".." ? { page: "unknown" } : { page: "details", id });
});

it("keeps filters in the address of the list", () => expect(listAddress("?page=2")).toBe("/alerts?page=2"));

it.each(["AlertDoor", "Rules: doors/night", "ü %"])("finds the way back to rule %s", (name) => {
  expect(parseRoute(ruleAddress(name))).toEqual({ page: "rule", name });
});
