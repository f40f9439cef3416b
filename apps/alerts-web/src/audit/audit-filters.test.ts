import { expect, it } from "vitest";
import { formatAuditFilters, parseAuditFilters, readable, timeOf } from "./audit-filters.ts";

const NONE = { by: "", action: "", outcome: "", since: "", until: "" };

it.each([
  ["", NONE],
  ["?by=%20ann%20&outcome=refused", { ...NONE, by: "ann", outcome: "refused" }],
  ["?outcome=lost&since=yesterday&page=2", NONE],
  ["?since=2026-01-31T12:00:00Z", { ...NONE, since: "2026-01-31T12:00:00.000Z" }],
])("reads %j", (search, filters) => expect(parseAuditFilters(search)).toEqual(filters));

it("finds the filters of an address again", () => {
  const filters = { by: "a&b=c", action: "signIn", outcome: "done", since: "2026-01-31T12:00:00.000Z", until: "" };
  expect(parseAuditFilters(`?${formatAuditFilters(filters)}`)).toEqual(filters);
  expect(formatAuditFilters(NONE)).toBe("");
});

it.each([
  ["2026-01-31T12:00", "2026-01-31T12:00:00.000Z"],
  ["2026-01-31T12:00:07", "2026-01-31T12:00:07.000Z"],
  ["2026-01-31T12:00:00+02:00", "2026-01-31T10:00:00.000Z"],
  ["", ""],
  ["noon", ""],
])("reads the time %j in UTC", (text, time) => expect(timeOf(text)).toBe(time));

it("makes words of an action", () => {
  expect(readable("createSilence")).toBe("Create silence");
  expect(readable("")).toBe("");
});
