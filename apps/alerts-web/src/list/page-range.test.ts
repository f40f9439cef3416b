import { describe, expect, it } from "vitest";
import { newerPage, olderPage, pageRange } from "./page-range.ts";

it.each([
  { page: 1, size: 25, shown: 25, total: 60, range: { first: 1, last: 25, pages: 3 } },
  { page: 3, size: 25, shown: 10, total: 60, range: { first: 51, last: 60, pages: 3 } },
  { page: 1, size: 25, shown: 25, total: 25, range: { first: 1, last: 25, pages: 1 } },
  { page: 1, size: 25, shown: 0, total: 0, range: { first: 0, last: 0, pages: 1 } },
  { page: 9, size: 25, shown: 0, total: 60, range: { first: 0, last: 0, pages: 3 } },
])("page $page of $total rows", ({ page, size, shown, total, range }) => {
  expect(pageRange(page, size, shown, total)).toEqual(range);
});

describe("the next page", () => {
  const shown = { size: 100, total: 10_150, next: "n", seen: new Map<number, string>() };
  it.each([
    [{ page: 1 }, { page: 2, after: "" }],
    [
      { page: 99, next: null },
      { page: 100, after: "" },
    ],
    [{ page: 100 }, { page: 101, after: "n" }],
    [{ page: 101 }, { page: 102, after: "n" }],
    [{ page: 102 }, undefined],
    [{ page: 101, next: null }, undefined],
    [{ page: 1, total: 0 }, undefined],
  ])("of %o is %o", (part, place) => expect(olderPage({ ...shown, ...part })).toEqual(place));
});

describe("the page before", () => {
  const shown = { size: 100, total: 10_500, next: null, seen: new Map([[101, "a"]]) };
  it.each([
    [{ page: 1 }, undefined],
    [{ page: 2 }, { page: 1, after: "" }],
    [{ page: 101 }, { page: 100, after: "" }],
    [{ page: 102 }, { page: 101, after: "a" }],
    [{ page: 103 }, undefined],
    [
      { page: 50, total: 120 },
      { page: 2, after: "" },
    ],
  ])("of %o is %o", (part, place) => expect(newerPage({ ...shown, ...part })).toEqual(place));
});
