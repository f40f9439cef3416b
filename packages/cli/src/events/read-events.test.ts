import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { readDocuments, readEvents as readEventsWith, receivedMs } from "./read-events.ts";

const folder = mkdtempSync(join(tmpdir(), "read-events-"));
afterAll(() => rmSync(folder, { recursive: true }));

const readEvents = (file: string) => readEventsWith(file, { parsers: [] });

const fileWith = (text: string): string => {
  const file = join(folder, "events.json");
  writeFileSync(file, text);
  return file;
};

describe("files of events", () => {
  it.each([
    ["one object", '{ "a": 1 }', [["1", { a: 1 }]]],
    [
      "an object on each line",
      '{"a":1}\n\n{"a":2}\n',
      [
        ["1", { a: 1 }],
        ["2", { a: 2 }],
      ],
    ],
    [
      "a list",
      '[{"a":1},{"a":2}]',
      [
        ["1", { a: 1 }],
        ["2", { a: 2 }],
      ],
    ],
    ["hits of a search", '{"_id":"x","_index":"events","_source":{"a":1}}', [["x", { a: 1 }]]],
  ])("may hold %s", (_, text, expected) => {
    const documents = readDocuments(fileWith(text));
    expect(documents.map(({ id, source }) => [id, source])).toEqual(expected);
  });

  it("are taken as they are when they were stored", () => {
    const stored = { summary: "x", receivedtimestamp: "2026-01-01T00:00:00Z", host: { name: "web1" } };
    expect(readEvents(fileWith(JSON.stringify(stored)))).toEqual([{ id: "1", source: stored }]);
    expect(readEvents(fileWith('{"_id":"x","_source":{"a":1}}'))).toEqual([{ id: "x", source: { a: 1 } }]);
  });

  it("are read as the service reads them when they were not", () => {
    const sent =
      '{"@timestamp":"2026-01-01T00:00:00Z","message":"hello","host":{"name":"web1"}}\n{"message":"undated"}';
    const [first, second] = readEvents(fileWith(sent));
    expect(first).toMatchObject({
      id: "1",
      source: { summary: "hello", hostname: "web1", utctimestamp: "2026-01-01T00:00:00Z" },
    });
    expect(first?.source).not.toHaveProperty("receivedtimestamp");
    expect(receivedMs(second!)).toBeNaN();
  });

  it("are read when a store answers them in another shape", () => {
    const source = { "@timestamp": "2026-01-01T00:00:00Z", message: "hello", host: { name: "web1" } };
    expect(readEvents(fileWith(JSON.stringify({ _id: "x", _source: source })))).toMatchObject([
      { id: "x", source: { summary: "hello", hostname: "web1" } },
    ]);
    const saved = { ...source, utctimestamp: source["@timestamp"], summary: "saved" };
    expect(readEvents(fileWith(JSON.stringify({ _id: "x", _source: saved })))).toEqual([{ id: "x", source: saved }]);
  });

  it("may be a log of text", () => {
    const log =
      "Jan  5 10:00:00 gate3 sshd[7]: Failed password for root from 198.51.100.7 port 4001 ssh2\nplain words\n";
    expect(readEvents(fileWith(log))).toMatchObject([
      { id: "1", source: { hostname: "gate3", details: { program: "sshd", username: "root" } } },
      { id: "2", source: { summary: "plain words" } },
    ]);
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
