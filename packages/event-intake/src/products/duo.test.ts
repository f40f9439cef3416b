import { describe, expect, it } from "vitest";
import { readEvent } from "../read-event.ts";

const options = { receivedAt: new Date("2026-05-04T12:00:00Z") };
const read = (record: unknown) => readEvent(record, options);

const second = {
  txid: "t-77",
  event_type: "authentication",
  factor: "duo_push",
  result: "denied",
  reason: "no_response",
  timestamp: 1_777_888_800,
  isotimestamp: "2026-05-04T10:00:00.25+00:00",
  user: { name: "erin", key: "DU77", groups: [] },
  access_device: { ip: "203.0.113.31" },
};
const first = {
  timestamp: 1_777_888_800,
  eventtype: "authentication",
  host: "api-77.example",
  username: "frank",
  factor: "Duo Push",
  result: "FAILURE",
  reason: "No response",
  ip: "203.0.113.32",
  integration: "Global and External OpenVPN",
};
const admin = {
  timestamp: 1_777_888_860,
  action: "user_delete",
  object: "gina",
  description: '{"ip_address": "203.0.113.33", "username": "not the admin", "error": "no such user"}',
  username: "Erin Admin",
};

describe("duo", () => {
  it("reads an authentication of version 2", () => {
    const { event, parsers } = read(second);
    expect(parsers).toEqual(["duo"]);
    expect(event).toMatchObject({
      category: "authentication",
      tags: ["duosecurity"],
      summary: "authentication denied for erin due to no_response",
      utctimestamp: "2026-05-04T10:00:00.25+00:00",
      details: {
        username: "erin",
        result: "denied",
        success: false,
        sourceipaddress: "203.0.113.31",
        user: second.user,
      },
    });
    expect(read({ ...second, access_device: { ip: null }, result: "success" }).event.details).toMatchObject({
      success: true,
    });
    expect(read({ ...second, access_device: { ip: null } }).event.details.sourceipaddress).toBeUndefined();
  });

  it("reads an authentication of version 1, as the alert asks for it that counts failures", () => {
    expect(read(first).event).toMatchObject({
      category: "event",
      tags: ["duosecurity"],
      hostname: "api-77.example",
      summary: "authentication FAILURE for frank due to No response",
      utctimestamp: "2026-05-04T10:00:00.000Z",
      details: { integration: "Global and External OpenVPN", result: "FAILURE", ip: "203.0.113.32", success: false },
    });
    expect(read({ ...first, result: "SUCCESS", reason: null }).event.summary).toBe("authentication SUCCESS for frank");
  });

  it("reads what an administrator did; what the description says does not change who it was", () => {
    const { event } = read(admin);
    expect(event).toMatchObject({
      category: "administration",
      summary: "user_delete because of no such user by Erin Admin",
      details: { username: "Erin Admin", object: "gina", sourceipaddress: "203.0.113.33", error: "no such user" },
    });
    expect(read({ ...admin, description: "plain" }).event).toMatchObject({
      summary: "user_delete by Erin Admin",
      details: { description: "plain" },
    });
    expect(read({ ...admin, description: null, object: null }).event.details.username).toBe("Erin Admin");
  });

  it("reads calls", () => {
    const call = { timestamp: 1_777_888_800, context: "enrollment", credits: 1, phone: "+15555550100", type: "sms" };
    expect(read(call).event).toMatchObject({ category: "telephony", summary: "enrollment sms to +15555550100" });
  });

  it("leaves other events with an action or a result alone", () => {
    for (const other of [
      { timestamp: 1, action: "x", username: "y" },
      { result: "success", factor: "z", username: "y" },
    ])
      expect(read(other).parsers).not.toContain("duo");
  });
});
