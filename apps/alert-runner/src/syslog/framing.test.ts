import { describe, expect, it } from "vitest";
import { Framing } from "./framing.ts";

const MOST = 40;

/** The messages of a connection whose bytes come in pieces of a size. */
const framesOf = (text: string, size: number): readonly (string | number)[] => {
  const framing = new Framing(MOST);
  const bytes = Buffer.from(text);
  const frames = [];
  for (let at = 0; at < bytes.length; at += size) frames.push(...framing.push(bytes.subarray(at, at + size)));
  frames.push(...framing.end());
  return frames.map((frame) => ("bytes" in frame ? frame.bytes.toString() : frame.tooLong));
};

describe.each([1, 2, 3, 7, 1_000])("messages in pieces of %i bytes", (size) => {
  it.each<[what: string, sent: string, frames: readonly (string | number)[]]>([
    ["end with a line feed", "<13>a\n<13>b\n", ["<13>a", "<13>b"]],
    ["end with both signs of a line", "<13>a\r\n<13>b\r\n", ["<13>a", "<13>b"]],
    ["end with NUL", "<13>a\0<13>b\0", ["<13>a", "<13>b"]],
    ["end with the connection", "<13>a\n<13>b", ["<13>a", "<13>b"]],
    ["begin with their length", "5 <13>a6 <13>bc", ["<13>a", "<13>bc"]],
    ["hold line feeds when they are counted", "7 <13>a\nb5 <13>c", ["<13>a\nb", "<13>c"]],
    ["are counted in bytes", "6 <13>ä5 <13>b", ["<13>ä", "<13>b"]],
    ["are counted and end a line as well", "6 <13>a\n6 <13>b\n", ["<13>a", "<13>b"]],
    ["change their framing", "5 <13>a<13>b\n5 <13>c", ["<13>a", "<13>b", "<13>c"]],
    ["begin with a number that is not a length", "12 monkeys\n<13>b\n", ["12 monkeys", "<13>b"]],
    ["begin with a large number", "1234567890123 <13>a\n", ["1234567890123 <13>a"]],
    ["are empty", "\n\n\0<13>a\n\n", ["<13>a"]],
    ["are too long, as lines", `${"x".repeat(50)}\n<13>b\n`, [50, "<13>b"]],
    ["are too long, counted", `50 <${"x".repeat(49)}5 <13>b`, [50, "<13>b"]],
    ["are too long at the end", "x".repeat(45), [45]],
    ["are cut at the end", "50 <13>", [50]],
  ])("that %s", (_what, sent, frames) => {
    expect(framesOf(sent, size)).toEqual(frames);
  });
});
