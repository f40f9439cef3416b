import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { readEvents, receivedMs } from "./read-events.ts";

const folder = mkdtempSync(join(tmpdir(), "read-events-"));
afterAll(() => rmSync(folder, { recursive: true }));

const fileWith = (text: string): string => {
  const file = join(folder, "events.json");
  writeFileSync(file, text);
  return file;
};

describe("files of events", () => {
  it.each([
    ["one object", '{ "a": 1 }', [{ id: "1", source: { a: 1 } }]],
    [
      "an object on each line",
      '{"a":1}\n\n{"a":2}\n',
      [
        { id: "1", source: { a: 1 } },
        { id: "2", source: { a: 2 } },
      ],
    ],
    [
      "a list",
      '[{"a":1},{"a":2}]',
      [
        { id: "1", source: { a: 1 } },
        { id: "2", source: { a: 2 } },
      ],
    ],
    ["hits of a search", '{"_id":"x","_index":"events","_source":{"a":1}}', [{ id: "x", source: { a: 1 } }]],
  ])("may hold %s", (_, text, expected) => {
    expect(readEvents(fileWith(text))).toEqual(expected);
  });

  it("are refused with the line that is wrong", () => {
    expect(() => readEvents(fileWith('{"a":1}\n{"a":'))).toThrow(/events\.json:2: no JSON/);
    expect(() => readEvents(fileWith('[{"a":1}, 2]'))).toThrow("event 2 is not a JSON object");
    expect(() => readEvents(join(folder, "absent"))).toThrow(/Cannot read .*absent/);
  });

  it("tell when an event was received, else when it happened", () => {
    const times = { utctimestamp: "2017-01-01T00:00:00Z", receivedtimestamp: "2017-01-01T00:01:00Z" };
    expect(receivedMs({ id: "1", source: times })).toBe(Date.UTC(2017, 0, 1, 0, 1));
    expect(receivedMs({ id: "1", source: { utctimestamp: times.utctimestamp } })).toBe(Date.UTC(2017, 0, 1));
    expect(receivedMs({ id: "1", source: {} })).toBeNaN();
  });
});
