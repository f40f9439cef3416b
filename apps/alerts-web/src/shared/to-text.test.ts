import { expect, it } from "vitest";
import { toText } from "./to-text.ts";

it.each([
  ["text", "text"],
  ["\u202egnp.exe", "\\u202egnp.exe"],
  [{ a: "\u202e" }, '{"a":"\\u202e"}'],
  [0, "0"],
  [false, "false"],
  [null, ""],
  [undefined, ""],
  [["a", 1, null], "a, 1, "],
  [[], ""],
  [[{ a: 1 }], '[{"a":1}]'],
  [{ a: "b" }, '{"a":"b"}'],
])("%j", (value, text) => expect(toText(value)).toBe(text));
