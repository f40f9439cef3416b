import { describe, expect, it } from "vitest";
import { readEvent } from "../read-event.ts";

const options = { receivedAt: new Date("2026-05-04T12:00:00Z") };
const read = (record: unknown) => readEvent(record, options);

describe("any JSON", () => {
  it("has MozDef's names for others, and keeps what has none", () => {
    const { event, notes } = read({
      eventtime: "2026-05-04T11:00:00Z",
      message: "hello",
      source_host: "gate2",
      syslogseverity: "warn",
      pid: 7,
      pname: "app",
      logger: "audit",
      eventtype: "login",
      facility: "auth",
      sourceip: "192.0.2.54",
      order: 7,
    });
    expect(notes).toEqual([]);
    expect(event).toMatchObject({
      utctimestamp: "2026-05-04T11:00:00Z",
      summary: "hello",
      hostname: "gate2",
      severity: "WARNING",
      processid: "7",
      processname: "app",
      eventsource: "audit",
      category: "login",
      source: "auth",
      details: { facility: "auth", eventsourceipaddress: "192.0.2.54", order: 7 },
    });
    expect(event.details).not.toHaveProperty("sourceipaddress");
  });

  it("leaves an event of MozDef as it is", () => {
    const event = {
      utctimestamp: "2026-05-04T11:00:00+00:00",
      timestamp: "2026-05-04T11:00:00+00:00",
      summary: "hello",
      category: "shop",
      hostname: "gate2",
      processname: "app",
      source: "x",
      severity: "INFO",
      tags: ["a"],
      details: { username: "dora", sourceipaddress: "203.0.113.54" },
    };
    expect(read(event).event).toMatchObject(event);
  });

  it.each([
    [
      { summary: "s", message: "m" },
      { summary: "s", details: { message: "m" } },
    ],
    [
      { summary: "s", payload: "p" },
      { summary: "s", details: { payload: "p" } },
    ],
    [{ payload: "p" }, { summary: "p" }],
    [
      { message: "m", load: "1.25", g: 5 },
      { summary: "m", tags: [], details: { load: "1.25", g: 5 } },
    ],
    [{ message: "m", details: "text" }, { details: { message: "text" } }],
    [{ message: "m", fields: { User: "dora" } }, { details: { User: "dora" } }],
    [{ message: "m", "fields.Total_int": "31" }, { details: { total_int: 31 } }],
    [{ message: "m", "details.share_float": "0.75" }, { details: { share_float: 0.75 } }],
    [{ message: "m", "fields.x_int": "many" }, { details: { x_int: "many" } }],
    [{ message: "m", "fields.a.b": "c" }, { details: { "a.b": "c" } }],
    [{ message: "m", tags: "one" }, { tags: ["one"] }],
    [{ message: "m", tags: 7 }, { tags: [7] }],
    [{ message: "m", host: { name: "gate2", id: "x" } }, { hostname: "gate2" }],
    [
      { message: "m", program: "app" },
      { processname: "app", details: { program: "app" } },
    ],
    [{ message: "m", level: 3 }, { severity: "ERROR" }],
    [{ message: "m", level: 30 }, { details: { level: 30 } }],
    [{ message: "m", priority: 38 }, { details: { priority: 38 } }],
    [{ message: "m", SeverityValue: 2 }, { details: { SeverityValue: 2 } }],
    [
      { message: "m", type: "door" },
      { category: "door", type: "door" },
    ],
    [{ message: "m", timestamp: "1777892400" }, { utctimestamp: "2026-05-04T11:00:00.000Z" }],
    [
      { message: "m", timestamp: "soon" },
      { utctimestamp: "2026-05-04T12:00:00+00:00", details: { sender_timestamp: "soon" } },
    ],
    [
      { message: "m", srcip: "203.0.113.54", dst: "2001:db8::54" },
      { details: { sourceipaddress: "203.0.113.54", destinationipaddress: "2001:db8::54" } },
    ],
    [
      { message: "m", http_x_forwarded_for: "203.0.113.54, 192.0.2.1" },
      { details: { sourceipaddress: "203.0.113.54" } },
    ],
    [
      { message: "m", details: { src: "192.0.2.1", sourceipaddress: "203.0.113.54" } },
      { details: { sourceipaddress: "203.0.113.54", src: "192.0.2.1" } },
    ],
    [{ message: "m", source: { ip: "x" } }, { source: '{"ip":"x"}' }],
  ])("%j", (record, expected) => {
    expect(read(record).event).toMatchObject(expected);
  });

  it("may hold a line of syslog as it was received, if it does not say what it is", () => {
    const message = "<38>May  4 11:00:00 gate2 sshd[7]: Invalid user dora from 203.0.113.54 port 4242";
    const { event, parsers } = read({ message, hostname: "collector" });
    expect(parsers).toEqual(["json", "syslog", "sshd"]);
    expect(event).toMatchObject({ hostname: "gate2", utctimestamp: "2026-05-04T11:00:00.000Z" });
    expect(read({ message, category: "shop" }).event).toMatchObject({ category: "shop", summary: message });
    expect(read({ message, program: "relay" }).parsers).toEqual(["json"]);
    expect(read({ message: message.slice(4) }).parsers).toEqual(["json"]);
  });

  it("has no category for the type that all events of MozDef have", () => {
    expect(read({ message: "m", type: "event" }).event).not.toHaveProperty("category");
  });

  it("takes names of JavaScript's own for what they are", () => {
    const { event } = read(JSON.parse('{"message":"m","__proto__":{"x":1},"constructor":"c","fields.__proto__":"p"}'));
    expect(Object.getPrototypeOf(event.details)).toBe(Object.prototype);
    expect(event.details.constructor).toBe("c");
  });
});
