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
      ["tags", "auth"],
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

  it.each([
    ["[]", "expected one event"],
    ["null", "expected one event"],
    ["{", "it is not JSON"],
    ['{"_source":[]}', "its _source is not a JSON object"],
    ["{}", "it has nothing to search for"],
    [`{"a":"${"x".repeat(1_000_000)}"}`, "at most 1000000"],
  ])("refuses %.20s: %s", (json, reason) => {
    expect(() => readSampleEvent(json, "event.json")).toThrow(
      expect.objectContaining({ code: "CREATE_EVENT_INVALID", message: expect.stringContaining(reason) }),
    );
  });
});
