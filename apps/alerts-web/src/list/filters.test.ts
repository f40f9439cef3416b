import { describe, expect, it } from "vitest";
import {
  alertQuery,
  formatFilters,
  groupFilters,
  groupQuery,
  isFiltered,
  noFilters,
  parseFilters,
  withFilter,
} from "./filters.ts";

const now = new Date("2026-01-02T00:00:00.000Z");

describe("parseFilters", () => {
  it("reads what formatFilters wrote", () => {
    const filters = {
      ...noFilters,
      ...{ text: "ssh & co", severity: ["CRITICAL", "ERROR"], category: ["x=y"], entity: ["192.0.2.7"], open: "true" },
      ...{ period: "6h", since: "2026-01-01T00:00:00.000Z", order: "oldest", size: 50, page: 3 },
      ...{ acknowledged: "false", group: "entity" },
    };
    expect(parseFilters(formatFilters(filters))).toEqual(filters);
  });

  it.each([
    "?period=century",
    "?size=7",
    "?size=1e9",
    "?page=0",
    "?page=-1",
    "?page=1.5",
    "?page=NaN",
    "?unknown=1",
    "?since=x",
    "?open=maybe",
    "?order=up",
    "?acknowledged=maybe",
    "?group=severity",
    "?page=401",
    "?page=2000",
    "?after=x",
  ])("falls back to the default for %s", (search) => expect(parseFilters(search)).toEqual(noFilters));
});

it("goes on where numbers end by the place that the service names", () => {
  const deep = { ...noFilters, size: 100, page: 101, after: "W10=" };
  expect(parseFilters(formatFilters(deep))).toEqual(deep);
  expect(alertQuery(deep, now)).toBe("after=W10%3D&size=100");
  expect(parseFilters("?size=100&page=100&after=W10")).toMatchObject({ page: 100, after: "" });
  expect(withFilter(deep, { text: "x" })).toMatchObject({ page: 1, after: "" });
});

describe("formatFilters", () => {
  it("writes nothing for the default", () => expect(formatFilters(noFilters)).toBe(""));

  it("writes only what differs", () => {
    expect(formatFilters({ ...noFilters, text: "a b", page: 2 })).toBe("?text=a+b&page=2");
  });
});

describe("withFilter", () => {
  const third = { ...noFilters, page: 3 };

  it("returns to the first page", () => expect(withFilter(third, { text: "x" })).toMatchObject({ text: "x", page: 1 }));
  it("keeps a page that is asked for", () => expect(withFilter(third, { page: 4 }).page).toBe(4));
});

describe("isFiltered", () => {
  it.each([
    { text: "a" },
    { severity: ["INFO"] },
    { tag: ["a"] },
    { period: "1h" },
    { open: "true" },
    { acknowledged: "false" },
  ])("is true for %o", (change) => expect(isFiltered({ ...noFilters, ...change })).toBe(true));
  it("does not count paging", () => expect(isFiltered({ ...noFilters, page: 2, size: 50 })).toBe(false));
});

describe("alertQuery", () => {
  it("asks for the first page", () => expect(alertQuery(noFilters, now)).toBe("from=0&size=25"));

  it("turns page and period into offset and time", () => {
    const query = new URLSearchParams(alertQuery({ ...noFilters, period: "1d", size: 50, page: 3 }, now));
    expect(Object.fromEntries(query)).toEqual({ from: "100", size: "50", since: "2026-01-01T00:00:00.000Z" });
  });

  it("asks for a time that is given rather than a period, and for the order", () => {
    const asked = { ...noFilters, period: "1d", until: "2026-01-01T12:00:00.000Z", order: "oldest" };
    const query = new URLSearchParams(alertQuery(asked, now));
    expect(Object.fromEntries(query)).toEqual({
      ...{ from: "0", size: "25", until: "2026-01-01T12:00:00.000Z", order: "oldest" },
    });
  });

  it("asks for what nobody has acknowledged, and not for groups", () => {
    const query = new URLSearchParams(alertQuery({ ...noFilters, acknowledged: "false", group: "name" }, now));
    expect(Object.fromEntries(query)).toEqual({ from: "0", size: "25", acknowledged: "false" });
  });

  it("escapes text", () => {
    const query = new URLSearchParams(
      alertQuery({ ...noFilters, text: "a&severity=x", severity: ["INFO", "ERROR"] }, now),
    );
    expect(query.getAll("severity")).toEqual(["INFO", "ERROR"]);
    expect(query.get("text")).toBe("a&severity=x");
  });
});

describe("groups", () => {
  const filters = { ...noFilters, open: "true", classname: ["A", "B"], entity: ["x"], page: 3 };

  it.each([
    ["name", "classname"],
    ["entity", "entity"],
  ])("by %s are asked for by %s, with the filters of the list", (group, by) => {
    const query = new URLSearchParams(groupQuery({ ...filters, group }, now));
    expect([query.get("by"), query.get("open"), query.getAll("classname"), query.get("from")]).toEqual([
      ...[by, "true", ["A", "B"], null],
    ]);
  });

  it("lead to the list narrowed to them", () => {
    expect(groupFilters({ ...filters, group: "name" }, "A&B")).toEqual({ ...filters, classname: ["A&B"], page: 1 });
    expect(groupFilters({ ...filters, group: "entity" }, "x")).toEqual({ ...filters, entity: ["x"], page: 1 });
  });
});
