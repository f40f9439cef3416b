import { describe, expect, it } from "vitest";
import { readEvent } from "../read-event.ts";

const options = { receivedAt: new Date("2026-05-04T12:00:00Z") };
const event = {
  uuid: "u-77",
  published: "2026-05-04T10:00:00.777Z",
  eventType: "user.account.lock",
  severity: "WARN",
  displayMessage: "Max sign in attempts exceeded",
  actor: { alternateId: "erin@example.net", type: "User" },
  client: { ipAddress: "2001:db8:31::1", userAgent: { rawUserAgent: "Own/2" } },
  outcome: { result: "FAILURE", reason: "LOCKED_OUT" },
  target: [{ id: "t" }],
  debugContext: { debugData: { any: "thing" } },
};
const read = (more: object = {}) => readEvent({ ...event, ...more }, options);

describe("okta", () => {
  it("reads an event of the system log", () => {
    const found = read();
    expect(found.parsers).toEqual(["okta"]);
    expect(found.event).toMatchObject({
      category: "okta",
      type: "okta",
      tags: ["okta"],
      severity: "WARNING",
      summary: "Max sign in attempts exceeded",
      utctimestamp: "2026-05-04T10:00:00.777Z",
    });
    expect(found.event.details).toMatchObject({
      eventtype: "user.account.lock",
      username: "erin@example.net",
      sourceipaddress: "2001:db8:31::1",
      sourceipv6address: "2001:db8:31::1",
      useragent: "Own/2",
      result: "FAILURE",
      reason: "LOCKED_OUT",
      success: false,
      uuid: "u-77",
      target: '[{"id":"t"}]',
      debugContext: '{"debugData":{"any":"thing"}}',
    });
  });

  it("does not guess what an outcome means, nor an address", () => {
    const { details } = read({ outcome: { result: "CHALLENGE" }, client: null }).event;
    expect(details.success).toBeUndefined();
    expect(details.sourceipaddress).toBeUndefined();
    expect(read({ outcome: { result: "ALLOW" } }).event.details.success).toBe(true);
  });

  it("leaves events without an actor alone", () => {
    expect(read({ actor: "erin" }).parsers).not.toContain("okta");
  });
});
