import { describe, expect, it } from "vitest";
import { alertQuery, formatFilters, isFiltered, noFilters, parseFilters, withFilter } from "./filters.ts";

const now = new Date("2026-01-02T00:00:00.000Z");

describe("parseFilters", () => {
  it("reads what formatFilters wrote", () => {
    const filters = { text: "ssh & co", severity: "CRITICAL", category: "x=y", period: "6h", size: 50, page: 3 };
    expect(parseFilters(formatFilters(filters))).toEqual(filters);
  });

  it.each(["?period=century", "?size=7", "?size=1e9", "?page=0", "?page=-1", "?page=1.5", "?page=NaN", "?unknown=1"])(
    "falls back to the default for %s",
    (search) => expect(parseFilters(search)).toEqual(noFilters),
  );
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
  it.each([{ text: "a" }, { severity: "INFO" }, { category: "a" }, { period: "1h" }])("is true for %o", (change) =>
    expect(isFiltered({ ...noFilters, ...change })).toBe(true),
  );
  it("does not count paging", () => expect(isFiltered({ ...noFilters, page: 2, size: 50 })).toBe(false));
});

describe("alertQuery", () => {
  it("asks for the first page", () => expect(alertQuery(noFilters, now)).toBe("from=0&size=25"));

  it("turns page and period into offset and time", () => {
    const query = new URLSearchParams(alertQuery({ ...noFilters, period: "1d", size: 50, page: 3 }, now));
    expect(Object.fromEntries(query)).toEqual({ from: "100", size: "50", since: "2026-01-01T00:00:00.000Z" });
  });

  it("escapes text", () => {
    const query = new URLSearchParams(alertQuery({ ...noFilters, text: "a&severity=x", severity: "INFO" }, now));
    expect(query.getAll("severity")).toEqual(["INFO"]);
    expect(query.get("text")).toBe("a&severity=x");
  });
});
