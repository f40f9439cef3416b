import { describe, expect, it } from "vitest";
import { readEvent, readEvents } from "../read-event.ts";

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

const activity = {
  access_device: { browser: "Chrome", ip: { address: "203.0.113.34" }, os: "Mac OS X" },
  action: { details: null, name: "user_create" },
  activity_id: "0b7c0e34-0000-4000-8000-000000000001",
  actor: { details: '{"status":"Active"}', key: "DE77", name: "Erin Admin", type: "admin" },
  akey: "DA77",
  application: { key: "DI77", name: "Admin Panel", type: "admin" },
  old_target: null,
  outcome: { result: "SUCCESS" },
  target: { details: '{"email":"gina@example.org"}', key: "DU78", name: "gina", type: "user" },
  ts: "2026-05-04T10:01:00.591015+00:00",
};

describe("duo", () => {
  it("reads what an administrator did in version 2, by the names of version 1", () => {
    const { event, parsers, notes } = read(activity);
    expect([parsers, notes]).toEqual([["duo"], []]);
    expect(event).toMatchObject({
      category: "administration",
      tags: ["duosecurity"],
      summary: "user_create of gina by Erin Admin",
      utctimestamp: "2026-05-04T10:01:00.591015+00:00",
      details: {
        action: "user_create",
        object: "gina",
        username: "Erin Admin",
        success: true,
        sourceipaddress: "203.0.113.34",
        actor: activity.actor,
        application: activity.application,
      },
    });
    expect(event.details).not.toHaveProperty("actiondetails");
  });

  it("reads what a user did in version 2, and what failed", () => {
    const failed = {
      ...activity,
      action: { details: '{"factor":"key"}', name: "webauthncredential_create" },
      actor: { ...activity.actor, name: "erin", type: "user" },
      target: null,
      outcome: { result: "FAILURE" },
    };
    expect(read(failed).event).toMatchObject({
      category: "activity",
      summary: "webauthncredential_create by erin (FAILURE)",
      details: { success: false, result: "FAILURE", actiondetails: '{"factor":"key"}' },
    });
    expect(read({ ...failed, outcome: null, access_device: null }).event.details).not.toHaveProperty("success");
  });

  it("reads the answers of the API, whatever their version", () => {
    const answers = [
      { stat: "OK", response: { items: [activity, { odd: 1 }], metadata: { next_offset: null } } },
      { stat: "OK", response: { authlogs: [second] } },
      { stat: "OK", response: [first, admin] },
    ];
    const all = answers.map((answer) => readEvents(answer, options).map(({ event }) => event.category));
    expect(all).toEqual([["administration", undefined], ["authentication"], ["event", "administration"]]);
    expect(readEvents(answers[0], options)[1]?.event.details).toMatchObject({ record: { odd: 1 } });
    for (const other of [
      { stat: "OK", response: [] },
      { stat: "OK", response: { items: [{ odd: 1 }] } },
    ])
      expect(read(other).parsers).not.toContain("duo");
  });

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
    const newer = {
      ...call,
      timestamp: undefined,
      telephony_id: "0b7c0e34",
      txid: "t-78",
      ts: "2026-05-04T10:02:00.466370+00:00",
    };
    expect(read(newer).event).toMatchObject({
      category: "telephony",
      summary: "enrollment sms to +15555550100",
      utctimestamp: "2026-05-04T10:02:00.466370+00:00",
    });
  });

  it("leaves other events with an action or a result alone", () => {
    for (const other of [
      { timestamp: 1, action: "x", username: "y" },
      { result: "success", factor: "z", username: "y" },
      { ts: 1, activity_id: "x", action: "y", actor: "z", akey: "w" },
      { ts: 1, context: "x", phone: "y" },
    ])
      expect(read(other).parsers).not.toContain("duo");
  });
});
