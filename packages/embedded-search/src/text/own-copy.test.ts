import { expect, it } from "vitest";
import { ownCopy } from "./own-copy.ts";

it.each([
  "",
  "short",
  "a".repeat(13),
  "ümlaut in a text",
  "漢字".repeat(20),
  "half \ud800 a character",
  "\0 and \x7f beside",
])("is the same text: %j", (text) => expect(ownCopy(`<${text}>`.slice(1, -1))).toBe(text));
