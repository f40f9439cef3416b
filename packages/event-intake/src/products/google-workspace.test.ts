import { describe, expect, it } from "vitest";
import { readEvent, readEvents } from "../read-event.ts";

const options = { receivedAt: new Date("2026-05-04T12:00:00Z") };
const event = {
  type: "login",
  name: "login_failure",
  parameters: [
    { name: "login_type", value: "saml" },
    { name: "methods", multiValue: ["a", "b"] },
    { name: "is_suspicious", boolValue: true },
  ],
};
const activity = {
  kind: "admin#reports#activity",
  id: { time: "2026-05-04T10:00:00.100Z", applicationName: "login", customerId: "C77" },
  actor: { email: "erin@example.net", profileId: "77" },
  ipAddress: "203.0.113.61",
  events: [event],
};

describe("google-workspace", () => {
  it("reads a login, with MozDef's flat names", () => {
    const { event: found, parsers } = readEvent(activity, options);
    expect(parsers).toEqual(["google-workspace"]);
    expect(found).toMatchObject({
      category: "google",
      type: "google",
      tags: ["google", "authentication"],
      summary: "google authentication: login_failure erin@example.net",
      utctimestamp: "2026-05-04T10:00:00.100Z",
    });
    expect(found.details).toMatchObject({
      username: "erin@example.net",
      actor_email: "erin@example.net",
      id_customerid: "C77",
      events_name: "login_failure",
      events_parameters_login_type: "saml",
      events_parameters_methods: '["a","b"]',
      events_parameters_is_suspicious: true,
      sourceipaddress: "203.0.113.61",
      success: false,
    });
  });

  it("makes an event of each one of an activity, and of each activity of a page", () => {
    const two = { ...activity, events: [event, { name: "login_success" }] };
    const events = readEvents({ kind: "admin#reports#activities", items: [two, activity, "odd"] }, options);
    expect(events.map(({ event: { details } }) => details.success ?? details.record)).toEqual([
      false,
      true,
      false,
      "odd",
    ]);
  });

  it("reads other applications", () => {
    const id = { ...activity.id, applicationName: "admin" };
    const { event: found } = readEvent({ ...activity, id, actor: {}, events: [{ name: "CREATE_USER" }] }, options);
    expect(found).toMatchObject({ tags: ["google", "admin"], summary: "google admin: CREATE_USER unknown" });
    expect(found.details.success).toBeUndefined();
  });

  it("leaves other kinds alone", () => {
    for (const other of [{ kind: "Event" }, { ...activity, events: [] }, { ...activity, id: "x" }])
      expect(readEvent(other, options).parsers).not.toContain("google-workspace");
  });
});
