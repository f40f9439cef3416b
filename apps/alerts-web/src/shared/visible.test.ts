import { expect, it } from "vitest";
import { visible } from "./visible.ts";

it.each([
  ["plain, with ünïcode and 日本語 and 🙂", "plain, with ünïcode and 日本語 and 🙂"],
  ["\u202egnp.exe", "\\u202egnp.exe"],
  ["a\u200bb\u00adc\ufeffd", "a\\u200bb\\u00adc\\ufeffd"],
  ["\u001b[2J", "\\u001b[2J"],
  ["a\nb\tc\r", "a\nb\tc\\u000d"],
  ["\u2066x\u2069\u061c", "\\u2066x\\u2069\\u061c"],
  ["\u{e0041}", "\\u{e0041}"],
])("shows %j", (text, shown) => expect(visible(text)).toBe(shown));
