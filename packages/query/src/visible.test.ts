import { expect, it } from "vitest";
import { visible, visibleLines } from "./visible.ts";

it.each([
  ["a title of the window", "\u001b]0;x\u0007", "\\u001b]0;x\\u0007"],
  ["an escape of one byte", "\u009b2J", "\\u009b2J"],
  ["a text turned round", "a\u202etxt.exe", "a\\u202etxt.exe"],
  ["what isolates", "\u2066a\u2069", "\\u2066a\\u2069"],
  ["no width", "ro\u200bot\ufeff", "ro\\u200bot\\ufeff"],
  ["an empty letter", "a\u3164b\u115f", "a\\u3164b\\u115f"],
  ["letters as tags", "a\u{e0041}", "a\\udb40\\udc41"],
  ["lines of Unicode", "a\u2028b\u0085c", "a\\u2028b\\u0085c"],
  ["delete", "a\u007f", "a\\u007f"],
])("shows %s", (_what, text, expected) => {
  expect(visible(text)).toBe(expected);
  expect(visibleLines(text)).toBe(expected);
  expect(JSON.parse(visible(JSON.stringify([text])))).toEqual([text]);
});

it("leaves lines and tabs only where they are wanted", () => {
  expect(visible("a\nok b\tc\r")).toBe("a\\u000aok b\\u0009c\\u000d");
  expect(visibleLines("a\nb\tc\r")).toBe("a\nb\tc\\u000d");
});

it("leaves everything that is seen", () => {
  for (const text of ["Zoë", "日本語", "עברית", "❤️", "e\u0301", "a\u00a0b", ""]) expect(visible(text)).toBe(text);
});
