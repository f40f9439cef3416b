import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { readSampleEvent } from "./sample-event.ts";

const read = (event: unknown) => readSampleEvent(JSON.stringify(event), "event.json");
const clausesOf = (event: unknown) => read(event).clauses.map(({ field, value }) => [field, value]);

describe("readSampleEvent", () => {
  it("proposes what tells the kind of an event, and not what tells one event from another", () => {
    const event = {
      category: "syslog",
      summary: "Failed password for root from 192.0.2.7",
      hostname: "web1",
      tags: ["auth"],
      details: {
        program: "sshd",
        success: false,
        sourceipaddress: "192.0.2.7",
        username: "root",
        sessionid: "abc",
        port: 22,
        message: "text",
        "a.b": "x",
        nested: { program: "sshd" },
      },
    };
    expect(clausesOf(event)).toEqual([
      ["summary", "Failed password for"],
      ["details.program", "sshd"],
      ["details.success", false],
    ]);
  });

  it("proposes at most five clauses", () => {
    const details = Object.fromEntries(["a", "b", "c", "d", "e", "f"].map((key) => [key, "text"]));
    expect(clausesOf({ details })).toHaveLength(5);
  });

  it("takes an event as the store answers it, and leaves out what differs with each event", () => {
    const { fields } = read({ _id: "1", _source: { category: "c", utctimestamp: "2026-01-01T00:00:00Z", alerts: [] } });
    expect(fields).toEqual({ category: "c" });
  });

  it("leaves an event alone that the service has saved", () => {
    const { fields } = read({ summary: "s", message: "as it is", receivedtimestamp: "2026-01-01T00:00:00+00:00" });
    expect(fields).toEqual({ summary: "s", message: "as it is" });
  });

  it.each([
    ["cloudtrail-eventbridge.ndjson", "AwsApiCall", ["details.eventname", "StopLogging"]],
    ["windows-winlogbeat.ndjson", "authentication", ["details.eventid", "4625"]],
    ["sshd-elastic-agent.ndjson", "syslog", ["details.program", "sshd"]],
    ["okta.ndjson", "okta", ["details.eventtype", "user.session.start"]],
  ])("proposes the name of the event in %s", (file, category, clause) => {
    const text = readFileSync(new URL(`../../../all-packs/test/feeds/${file}`, import.meta.url), "utf8");
    const [first = ""] = text.split("\n");
    const sample = readSampleEvent(first, file);
    expect([sample.category, sample.clauses.map(({ field, value }) => [field, value])]).toEqual([
      category,
      expect.arrayContaining([clause]),
    ]);
  });

  it("proposes what all events of a log have, and groups by what they have not", () => {
    const line = (index: number): string =>
      `May  4 11:00:${String(10 + index)} gate${index % 2} sshd[7${index}]: Failed password for user${index % 3} from 203.0.113.${index % 4} port 50${index} ssh2`;
    const text = Array.from({ length: 12 }, (_, index) => line(index)).join("\n");
    const { count, category, clauses, differing, isSent } = readSampleEvent(text, "auth.log");
    expect([count, category, isSent]).toEqual([12, "syslog", true]);
    expect(clauses.map(({ field, value }) => [field, value])).toEqual(
      expect.arrayContaining([
        ["details.program", "sshd"],
        ["details.authstatus", "Failed"],
      ]),
    );
    expect(differing).toEqual(
      expect.arrayContaining([
        { field: "hostname", values: 2, most: "gate0", count: 6 },
        { field: "details.username", values: 3, most: "user0", count: 4 },
        { field: "details.sourceipaddress", values: 4, most: "203.0.113.0", count: 3 },
      ]),
    );
  });

  it("finds what tells sorts of events apart, in whatever they come", () => {
    const events = ["failure", "failure", "success", "failure"].map((outcome, index) => ({
      category: "login",
      receivedtimestamp: "2017-01-01T01:00:00Z",
      details: { outcome, session: `s${index}`, isNew: index === 0 },
    }));
    const contrasts = [
      { field: "details.outcome", first: "failure", second: "success" },
      { field: "details.isNew", first: false, second: true },
    ];
    const asHits = events.map((_source, index) => ({ _id: String(index), _source }));
    const texts = [JSON.stringify(events), events.map((event) => JSON.stringify(event)).join("\n")];
    for (const text of [...texts, JSON.stringify(asHits)])
      expect(readSampleEvent(text, "e.json")).toMatchObject({ count: 4, category: "login", contrasts });
    expect(readSampleEvent(JSON.stringify(asHits), "e.json").isSent).toBe(false);
  });

  it("refuses events that have nothing in common", () => {
    const events = [{ category: "a" }, { category: "b" }];
    expect(() => readSampleEvent(JSON.stringify(events), "e.json")).toThrow(
      expect.objectContaining({ code: "CREATE_EVENT_INVALID", message: expect.stringContaining("nothing in common") }),
    );
  });

  it("reads a line of a log as the service does", () => {
    const line = "May  4 11:00:00 gate2 sshd[77]: Failed password for root from 203.0.113.61 port 5022 ssh2\n";
    const { category, fields, clauses } = readSampleEvent(line, "auth.log");
    expect(category).toBe("syslog");
    expect(fields).toMatchObject({ hostname: "gate2", details: { sourceipaddress: "203.0.113.61", username: "root" } });
    expect(fields).not.toHaveProperty("timestamp");
    expect(clauses.map(({ field, value }) => [field, value])).toContainEqual(["details.program", "sshd"]);
  });

  it("reads several lines that are one event", () => {
    const lines = ["SYSCALL", "EXECVE"].map((type) => `type=${type} msg=audit(1777888800.125:7): argc=1 a0="id"`);
    expect(readSampleEvent(lines.join("\n"), "audit.log").category).toBe("execve");
  });

  it.each([
    [
      "ECS",
      {
        "@timestamp": "2026-05-04T11:00:00Z",
        ecs: { version: "8.17" },
        message: "Door opened",
        user: { name: "erin" },
      },
    ],
    [
      "ECS as the store answers it",
      { _id: "1", _source: { "@timestamp": "2026-05-04T11:00:00Z", ecs: { version: "8.17" }, message: "Door opened" } },
    ],
    ["a shipper's envelope", { MESSAGE: "Door opened", PROGRAM: "door", HOST: "gate2", PRIORITY: "info" }],
  ])("reads %s", (_what, event) => {
    expect(clausesOf(event)).toContainEqual(["summary", "Door opened"]);
  });

  it.each([
    ["[]", "expected events"],
    ["null", "expected events"],
    ["", "expected events"],
    ["{", "it is not JSON"],
    ['{"_source":[]}', "its _source is not a JSON object"],
    ["{}", "it has nothing to search for"],
    [`{"a":"${"x".repeat(20_000_000)}"}`, "at most 20000000"],
  ])("refuses %.20s: %s", (json, reason) => {
    expect(() => readSampleEvent(json, "event.json")).toThrow(
      expect.objectContaining({ code: "CREATE_EVENT_INVALID", message: expect.stringContaining(reason) }),
    );
  });
});
