import { expect, it } from "vitest";
import { freshIds } from "./fresh-ids.ts";

const rows = (ids: string) => ids.split("").map((_id) => ({ _id }));

it.each([
  ["cba", "edcb", "ed"],
  ["cba", "cba", ""],
  ["cba", "ba9", ""],
  ["", "ba", "ba"],
  ["cba", "zyx", ""],
  ["cba", "", ""],
])("from %s to %s come %s", (previous, next, fresh) => {
  expect(freshIds(rows(previous), rows(next)).join("")).toBe(fresh);
});
