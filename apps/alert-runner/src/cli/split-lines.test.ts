import { Readable } from "node:stream";
import { expect, it } from "vitest";
import { splitLines } from "./split-lines.ts";

const linesOf = async (...chunks: readonly string[]) => {
  const lines: string[] = [];
  for await (const line of splitLines(Readable.from(chunks.map((chunk) => Buffer.from(chunk, "latin1")))))
    lines.push(line);
  return lines;
};

/** As bytes, one a character. */
const utf8 = (text: string): string => Buffer.from(text).toString("latin1");

it.each<[chunks: readonly string[], lines: readonly string[]]>([
  [[], []],
  [["a\nb\n"], ["a", "b"]],
  [["a\nb"], ["a", "b"]],
  [
    ["a", "b", "\n", "\nc"],
    ["ab", "", "c"],
  ],
  // JSON text may have them as they are.
  [[utf8("a\u2028b\r\n")], ["a\u2028b\r"]],
  [Array.from(utf8("ü€\n")), ["ü€"]],
])("%j", async (chunks, lines) => expect(await linesOf(...chunks)).toEqual(lines));
