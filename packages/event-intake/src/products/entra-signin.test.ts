import { describe, expect, it } from "vitest";
import { readEvent, readEvents } from "../read-event.ts";

const options = { receivedAt: new Date("2026-05-04T12:00:00Z") };
const signIn = {
  id: "s-77",
  createdDateTime: "2026-05-04T10:00:00Z",
  userPrincipalName: "erin@example.net",
  appId: "a-77",
  appDisplayName: "Shop",
  ipAddress: "203.0.113.71",
  status: { errorCode: 50_074, failureReason: "Strong authentication is required." },
  appliedConditionalAccessPolicies: [{ id: "p" }],
};
const streamed = {
  time: "2026-05-04T10:00:05Z",
  category: "NonInteractiveUserSignInLogs",
  resultType: "0",
  callerIpAddress: "203.0.113.72",
  tenantId: "t-77",
  properties: { ...signIn, ipAddress: undefined, status: { errorCode: 0 } },
};

describe("entra-signin", () => {
  it("reads a sign-in of Microsoft Graph", () => {
    const { event, parsers } = readEvent(signIn, options);
    expect(parsers).toEqual(["entra-signin"]);
    expect(event).toMatchObject({
      category: "authentication",
      summary: "Failed sign-in of erin@example.net to Shop: Strong authentication is required.",
      utctimestamp: "2026-05-04T10:00:00Z",
    });
    expect(event.details).toMatchObject({
      username: "erin@example.net",
      sourceipaddress: "203.0.113.71",
      success: false,
      reason: "Strong authentication is required.",
      appliedConditionalAccessPolicies: '[{"id":"p"}]',
      status: signIn.status,
    });
  });

  it("reads one that diagnostic settings stream, whatever kind of sign-in", () => {
    const { event } = readEvent(streamed, options);
    expect(event).toMatchObject({
      category: "authentication",
      summary: "Sign-in of erin@example.net to Shop",
      details: { sourceipaddress: "203.0.113.72", success: true, tenantId: "t-77", category: streamed.category },
    });
    expect(event.details.reason).toBeUndefined();
  });

  it("reads lists of them", () => {
    expect(readEvents({ records: [streamed, streamed] }, options)).toHaveLength(2);
    const odd = readEvents({ value: [signIn, 5] }, options);
    expect(odd.map(({ event: { details } }) => details.success ?? details.record)).toEqual([false, 5]);
  });

  it("takes the result of the record when the sign-in has none", () => {
    const properties = { userPrincipalName: "erin@example.net" };
    const { event } = readEvent({ ...streamed, resultType: "50126", resultDescription: "Wrong.", properties }, options);
    expect(event).toMatchObject({
      details: { success: false, reason: "Wrong." },
      utctimestamp: "2026-05-04T10:00:05Z",
    });
  });

  it("leaves other logs of Azure alone", () => {
    for (const other of [
      { ...streamed, category: "AuditLogs" },
      { records: [] },
      { value: "x" },
      { ...signIn, status: 1 },
    ])
      expect(readEvent(other, options).parsers).not.toContain("entra-signin");
  });
});
