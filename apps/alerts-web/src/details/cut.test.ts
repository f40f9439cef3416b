import { expect, it } from "vitest";
import { cut } from "./cut.ts";

it.each([
  ["short", undefined],
  ["x".repeat(280), undefined],
  ["x".repeat(281), `${"x".repeat(280)}…`],
  [`${"x".repeat(279)} y`, `${"x".repeat(279)}…`],
  ["😀".repeat(281), `${"😀".repeat(280)}…`],
])("cuts what is longer than 280 characters, and no character in two: %s", (text, shown) =>
  expect(cut(text)).toBe(shown),
);
