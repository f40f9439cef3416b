import { expect, it } from "vitest";
import { detailsAddress, listAddress, parseRoute } from "./route.ts";

it.each([
  ["/alerts", { page: "list", search: "" }],
  ["/alerts/", { page: "list", search: "" }],
  ["/alerts?severity=INFO&page=2", { page: "list", search: "?severity=INFO&page=2" }],
  ["/alerts/abc?x=1", { page: "details", id: "abc" }],
  ["/alerts/%E0%A4", { page: "unknown" }],
  ["/manage-alerts", { page: "schedules" }],
  ["/alertsX", { page: "unknown" }],
  ["/", { page: "unknown" }],
])("%s", (address, route) => expect(parseRoute(address)).toEqual(route));

it.each(["AlertBruteforceSsh-0a1b", "a/b", "a?b#c", "ü %", ".."])("finds the way back to alert %s", (id) => {
  expect(parseRoute(detailsAddress(id))).toEqual(id === ".." ? { page: "unknown" } : { page: "details", id });
});

it("keeps filters in the address of the list", () => expect(listAddress("?page=2")).toBe("/alerts?page=2"));
