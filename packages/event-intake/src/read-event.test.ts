import { describe, expect, it } from "vitest";
import type { Parser } from "./event/parser.ts";
import { readEvent, readEvents } from "./read-event.ts";

const receivedAt = new Date("2026-05-04T12:00:00Z");
const parser = (parse: Parser["parse"]): Parser => ({ name: "own", recognise: () => true, parse });

describe("readEvents", () => {
  it("keeps the event, and says so, when a parser throws", () => {
    const throws = parser(() => {
      throw new Error("not today");
    });
    const failed = { code: "PARSER_FAILED", field: "own", message: "It failed: not today" };
    for (const input of ["a line", { summary: "a line" }]) {
      const { event, notes, parsers } = readEvent(input, { receivedAt, parsers: [throws] });
      expect(event.summary).toBe("a line");
      expect(notes).toContainEqual(failed);
      expect(parsers).not.toContain("own");
    }
  });

  const cyclic: Record<string, unknown> = {};
  cyclic.self = cyclic;
  const deep = Array.from({ length: 30 }).reduce<object>((inner) => ({ inner }), {});
  it.each<[string, unknown, string]>([
    ["a text", "fields", "It failed: it gave something other than fields, a list of them, or null"],
    ["nothing at all", undefined, "It failed: it gave something other than fields"],
    ["a promise", Promise.resolve({}), "It failed: it gave a promise: parsers answer at once"],
    ["details that are none", { details: "x" }, "It failed: its details are not an object"],
    ["what no store takes", { details: deep }, "It failed: its fields are nested deeper than 20 levels"],
    ["what is no JSON", { details: cyclic }, "It failed: Converting circular structure"],
  ])("keeps the event when a parser gives %s", (_, given, message) => {
    const { event, notes, parsers } = readEvent("a line", { receivedAt, parsers: [parser(() => given as never)] });
    expect([event.summary, event.details, parsers]).toEqual(["a line", {}, []]);
    expect(notes).toEqual([{ code: "PARSER_FAILED", field: "own", message: expect.stringContaining(message) }]);
  });

  it("asks given parsers before the products, and takes what they give as JSON", () => {
    const line = "Failed password for root from 203.0.113.61 port 5022 ssh2";
    const own = parser(({ text }) => ({ summary: undefined, category: "own", details: { text, at: new Date(0) } }));
    const { event, parsers } = readEvent(`May  4 11:00:00 gate2 sshd[77]: ${line}`, { receivedAt, parsers: [own] });
    expect(parsers).toEqual(["syslog", "own"]);
    expect(event).toMatchObject({
      summary: line,
      category: "own",
      details: { text: line, at: "1970-01-01T00:00:00.000Z", program: "sshd" },
    });
  });

  it("keeps all digits of what a given parser passes on", () => {
    const own = parser(({ record }) => ({ details: record ?? {} }));
    const { event } = readEvent('{"id":12345678901234567890}', { receivedAt, parsers: [own] });
    expect(JSON.stringify(event.details)).toBe('{"id":12345678901234567890}');
  });

  it("keeps the event when a parser finds nothing in it", () => {
    for (const nothing of [null, []])
      expect(readEvents("a line", { receivedAt, parsers: [parser(() => nothing)] })).toHaveLength(1);
  });

  it("keeps a line that holds an envelope with nothing in it", () => {
    const line = 'May  4 11:00:00 gate2 app[7]: {"resourceLogs":[]}';
    expect(readEvent(line, { receivedAt }).event).toMatchObject({ hostname: "gate2", details: { resourceLogs: [] } });
    expect(readEvents({ resourceLogs: [] }, { receivedAt })).toEqual([]);
  });

  it.each([42, true, [], [[1]], null])("keeps what is no record: %j", (value) => {
    expect(readEvents(value, { receivedAt })).toMatchObject([{ event: { summary: JSON.stringify(value) } }]);
  });

  it("adds tags of a parser to those of the shipper", () => {
    const tagged = parser(({ text }) => (text === "" ? null : { tags: ["own", "both"] }));
    const { event } = readEvent({ summary: "a line", tags: ["both", "shipper"] }, { receivedAt, parsers: [tagged] });
    expect(event.tags).toEqual(["both", "shipper", "own"]);
  });

  it("reads an address of IPv4 in one of IPv6 as the former", () => {
    const { details } = readEvent({ details: { sourceipaddress: "::ffff:203.0.113.5" } }, { receivedAt }).event;
    expect(details).toMatchObject({ sourceipaddress: "203.0.113.5", sourceipv4address: "203.0.113.5" });
  });
});

it("says by which way an event came, unless it says so itself", () => {
  expect(readEvent("plain words", { receivedAt, via: "syslog" }).event.endpoint).toBe("syslog");
  expect(readEvent({ summary: "x", endpoint: "own" }, { receivedAt, via: "bulk" }).event.endpoint).toBe("own");
  expect(readEvent("plain words", { receivedAt }).event).not.toHaveProperty("endpoint");
});

describe("a record of many events", () => {
  const probes = (count: number, text: string) => ({
    "detail-type": "GuardDuty Finding",
    source: "aws.guardduty",
    time: "2026-03-10T08:00:00Z",
    detail: {
      type: "Recon:EC2/PortProbeUnprotectedPort",
      title: "probed",
      description: text,
      service: {
        serviceName: "guardduty",
        action: {
          actionType: "PORT_PROBE",
          portProbeAction: {
            portProbeDetails: Array.from({ length: count }, (_, port) => ({
              localPortDetails: { port },
              remoteIpDetails: { ipAddressV4: "203.0.113.9" },
            })),
          },
        },
      },
    },
  });
  const read = (record: object) => readEvents(record, { receivedAt: new Date("2026-03-10T09:20:00Z") });

  it("becomes one event each", () => {
    expect(read(probes(100, "short"))).toHaveLength(100);
  });

  it("is kept whole when its events would be many times as large", () => {
    const [only, ...others] = read(probes(1_000, "x".repeat(100_000)));
    expect(others).toEqual([]);
    expect(only?.notes.map(({ code }) => code)).toEqual(["PARSER_FAILED"]);
    expect(only?.event.details.message).toContain('"port":999');
  });
});
