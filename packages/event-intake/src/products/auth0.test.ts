import { describe, expect, it } from "vitest";
import { readEvent } from "../read-event.ts";

const options = { receivedAt: new Date("2026-05-04T12:00:00Z") };
const log = {
  log_id: "l-77",
  type: "fp",
  date: "2026-05-04T10:00:00.500Z",
  description: "Wrong email or password.",
  client_name: "shop",
  ip: "203.0.113.91",
  user_id: "auth0|77",
  user_name: "erin@example.net",
  user_agent: "Own/3",
  connection: "own-db",
  hostname: "own.example",
};
const read = (more: object = {}) => readEvent({ ...log, ...more }, options);

describe("auth0", () => {
  it("reads a record, with the words that alerts ask for", () => {
    const found = read({ details: { prompts: ["x"] } });
    expect(found.parsers).toEqual(["auth0"]);
    expect(found.event).toMatchObject({
      category: "authentication",
      tags: ["auth0"],
      severity: "ERROR",
      hostname: "own.example",
      summary: "Failed Login (wrong password) erin@example.net",
      utctimestamp: "2026-05-04T10:00:00.500Z",
    });
    expect(found.event.details).toMatchObject({
      eventname: "Failed Login (wrong password)",
      description: "Wrong email or password.",
      success: false,
      username: "erin@example.net",
      userid: "auth0|77",
      sourceipaddress: "203.0.113.91",
      clientname: "shop",
      connection: "own-db",
      useragent: "Own/3",
    });
    expect(JSON.parse(String(found.event.details.raw_event))).toMatchObject({ details: { prompts: ["x"] } });
  });

  it.each([
    ["s", "Success Login", true, "INFO", "authentication"],
    ["fu", "Failed Login (invalid email/username)", false, "ERROR", "authentication"],
    ["limit_wc", "Blocked Account", false, "ERROR", "authentication"],
    ["sapi", "API Operation", undefined, "INFO", "administration"],
    ["own_type", "own_type", undefined, "INFO", "auth0"],
  ])("names the type %s", (type, eventname, success, severity, category) => {
    const { event } = read({ type });
    expect(event).toMatchObject({ severity, category, details: { eventname } });
    expect(event.details.success).toBe(success);
  });

  it("reads what log streams and EventBridge send", () => {
    for (const form of [
      { log_id: "l-77", data: log },
      { detail: { log_id: "l-77", data: log }, source: "aws.partner/auth0" },
    ])
      expect(readEvent(form, options).event).toMatchObject({
        tags: ["auth0"],
        details: { username: "erin@example.net" },
      });
  });

  it("does without a user", () => {
    expect(read({ user_name: undefined, description: null }).event.summary).toBe("Failed Login (wrong password)");
    expect(read({ log_id: 7 }).parsers).not.toContain("auth0");
  });
});
