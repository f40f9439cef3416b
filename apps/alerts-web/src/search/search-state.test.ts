import { expect, it } from "vitest";
import { emptySearch, eventQuery, pageQuery, parseSearch, searchAddress } from "./search-state.ts";

const NOW = new Date("2026-01-02T00:00:00Z");

it("is in the address, and comes back from it", () => {
  const state = {
    ...emptySearch,
    ...{ text: 'a:"b c" AND d', id: ["1", "2"], source: "archive", period: "7d", order: "oldest" },
    ...{ column: ["details.user"], field: "category", page: 3 },
  };
  const address = searchAddress(state);
  expect(parseSearch(address.replace("/search", ""))).toEqual(state);
  expect(searchAddress(emptySearch)).toBe("/search");
});

it.each(["?page=0", "?page=201", "?page=x", "?period=nonsense", "?since=yesterday", "?order=up", "?column="])(
  "takes %s for the default",
  (search) => expect(parseSearch(search)).toEqual(emptySearch),
);

it("counts a period back from now, and asks for single events whenever they were", () => {
  const day = { since: "2026-01-01T00:00:00.000Z", until: "2026-01-02T00:00:00.000Z" };
  expect(Object.fromEntries(eventQuery(emptySearch, NOW))).toEqual(day);
  expect(Object.fromEntries(eventQuery({ ...emptySearch, since: day.since }, NOW))).toEqual({ since: day.since });
  expect(Object.fromEntries(eventQuery({ ...emptySearch, id: ["1"] }, NOW))).toEqual({ id: "1" });
  expect(pageQuery({ ...emptySearch, period: "all", page: 2 }, NOW)).toBe("from=50&size=50");
});
