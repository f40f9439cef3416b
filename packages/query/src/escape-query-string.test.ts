import { expect, it } from "vitest";
import { escapeQueryString } from "./index.ts";

it.each([
  ["bob@example.com", "bob@example.com"],
  ["a:b/c", "a\\:b\\/c"],
  ['"x" OR *', '\\"x\\" \\OR \\*'],
  ["(a && b) || !c", "\\(a \\&\\& b\\) \\|\\| \\!c"],
  [">5 <6", " 5  6"],
  ["[1 TO 2}", "\\[1 \\TO 2\\}"],
  ["ANDROID", "ANDROID"],
])("escapes %j", (text, escaped) => {
  expect(escapeQueryString(text)).toBe(escaped);
});
