import { describe, expect, it } from "vitest";
import { readLog } from "../read-log.ts";
import { splitValues } from "./split-values.ts";
import { growthOf, MOST_GROWTH } from "../../test/growth.ts";

const split = (text: string) => splitValues(text).map(({ line, text: piece }) => [line, piece.trim()]);

describe("a text of lines and JSON", () => {
  it.each<[string, string, (readonly [number, string])[]]>([
    [
      "lines",
      "a\nb\n\nc",
      [
        [1, "a"],
        [2, "b"],
        [3, ""],
        [4, "c"],
      ],
    ],
    [
      "an object a line",
      '{"a":1}\n{"a":2}\n',
      [
        [1, '{"a":1}'],
        [2, '{"a":2}'],
      ],
    ],
    [
      "objects side by side",
      '{"a":1}{"a":2} {"a":3}\r\nb',
      [
        [1, '{"a":1}'],
        [1, '{"a":2}'],
        [1, '{"a":3}'],
        [2, "b"],
      ],
    ],
    [
      "an object over lines",
      '{\n  "a": 1\n}\nb',
      [
        [1, '{\n  "a": 1\n}'],
        [4, "b"],
      ],
    ],
    [
      "a list over lines",
      '[\n{"a":1},\n{"a":2}\n]\nb',
      [
        [2, '{"a":1}'],
        [3, '{"a":2}'],
        [5, "b"],
      ],
    ],
    [
      "a list on a line",
      '[{"a":1},{"a":2}]',
      [
        [1, '{"a":1}'],
        [1, '{"a":2}'],
      ],
    ],
    [
      "brackets in texts",
      '{"a":"}{\\"]"}{"a":2}',
      [
        [1, '{"a":"}{\\"]"}'],
        [1, '{"a":2}'],
      ],
    ],
    ["a list of something else", '["a", "b"]', [[1, '["a", "b"]']]],
    [
      "something behind a list",
      '[{"a":1}] x\nb',
      [
        [1, '[{"a":1}] x'],
        [2, "b"],
      ],
    ],
    [
      "an object that does not end",
      '{"a":\nb\n{"c":1}{"c":2}',
      [
        [1, '{"a":'],
        [2, "b"],
        [3, '{"c":1}'],
        [3, '{"c":2}'],
      ],
    ],
    [
      "a list that does not end",
      '[{"a":1},\nb',
      [
        [1, '[{"a":1},'],
        [2, "b"],
      ],
    ],
    [
      "what only looks so",
      '{"a" b}{\n[error] {x}',
      [
        [1, '{"a" b}{'],
        [2, "[error] {x}"],
      ],
    ],
    [
      "a text over lines",
      '{"a":"x\n","b":1}',
      [
        [1, '{"a":"x'],
        [2, '","b":1}'],
      ],
    ],
    ["a byte order mark", '\uFEFF{"a":1}', [[1, '{"a":1}']]],
  ])("%s", (_name, text, expected) => {
    expect(split(text)).toEqual(expected);
  });

  it("takes no longer than its length", () => {
    for (const part of [
      '{"a":\n',
      '[{"a":1},\n',
      '{"a":"\n',
      "{}{\n",
      '{ "\n',
      "[ {\n",
      '{"a":[\n',
      "[\n",
      '{"a":1}',
      "{}\n}{\n",
    ])
      expect(growthOf((times) => splitValues(part.repeat(times)))).toBeLessThan(MOST_GROWTH);
    const list = (times: number) => splitValues(`[${'{"a":1},\n'.repeat(times)}{}]`);
    expect(growthOf(list)).toBeLessThan(MOST_GROWTH);
  });
});

describe("a log that is a document", () => {
  const options = { receivedAt: new Date("2026-05-04T12:00:00Z") };

  it("has the events of its objects", () => {
    const read = readLog('[\n  {"message": "one"},\n  {"message": "two"}\n]\n', options);
    expect(read.map(({ line, event }) => [line, event.summary])).toEqual([
      [2, "one"],
      [3, "two"],
    ]);
  });

  it("goes on with lines behind them", () => {
    const read = readLog('{\n "message": "one"\n}\nMay  4 11:00:00 gate2 app: two\n', options);
    expect(read.map(({ line, event }) => [line, event.summary])).toEqual([
      [1, "one"],
      [4, "two"],
    ]);
  });
});
