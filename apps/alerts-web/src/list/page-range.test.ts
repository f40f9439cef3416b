import { expect, it } from "vitest";
import { pageRange } from "./page-range.ts";

it.each([
  { page: 1, size: 25, shown: 25, total: 60, range: { first: 1, last: 25, pages: 3 } },
  { page: 3, size: 25, shown: 10, total: 60, range: { first: 51, last: 60, pages: 3 } },
  { page: 1, size: 25, shown: 25, total: 25, range: { first: 1, last: 25, pages: 1 } },
  { page: 1, size: 25, shown: 0, total: 0, range: { first: 0, last: 0, pages: 1 } },
  { page: 9, size: 25, shown: 0, total: 60, range: { first: 0, last: 0, pages: 3 } },
])("page $page of $total rows", ({ page, size, shown, total, range }) => {
  expect(pageRange(page, size, shown, total)).toEqual(range);
});

it("offers no page that the store cannot reach", () => expect(pageRange(1, 100, 100, 1_000_000).pages).toBe(100));
