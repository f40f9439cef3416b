import { describe, expect, it } from "vitest";
import { readEvent, readEvents } from "../read-event.ts";

const options = { receivedAt: new Date("2026-05-04T12:00:00Z") };
const call = {
  eventVersion: "1.10",
  userIdentity: {
    type: "AssumedRole",
    arn: "arn:aws:sts::444455556666:assumed-role/Ops/erin",
    sessionContext: { sessionIssuer: { type: "Role", userName: "Ops" }, attributes: { mfaAuthenticated: "true" } },
  },
  eventTime: "2026-05-04T11:00:00Z",
  eventSource: "iam.amazonaws.com",
  eventName: "DeleteTrail",
  awsRegion: "us-west-2",
  sourceIPAddress: "203.0.113.21",
  requestParameters: { name: "own-trail", maxItems: 5, policyDocument: { Statement: [{ Effect: "Deny" }] } },
  responseElements: null,
  additionalEventData: { MFAUsed: "No" },
  errorCode: "AccessDenied",
  eventType: "AwsApiCall",
};
const read = (record: unknown) => readEvent(record, options);

describe("cloudtrail", () => {
  it("reads a record, with MozDef's names", () => {
    const { event, parsers } = read(call);
    expect(parsers).toEqual(["cloudtrail"]);
    expect(event).toMatchObject({
      source: "cloudtrail",
      category: "AwsApiCall",
      type: "cloudtrail",
      hostname: "iam.amazonaws.com",
      summary: "203.0.113.21 performed DeleteTrail in iam.amazonaws.com",
      utctimestamp: "2026-05-04T11:00:00Z",
      severity: "INFO",
    });
    expect(event.details).toMatchObject({
      eventname: "DeleteTrail",
      eventverb: "Delete",
      eventreadonly: false,
      errorcode: "AccessDenied",
      awsregion: "us-west-2",
      sourceipaddress: "203.0.113.21",
      useridentity: { arn: call.userIdentity.arn, sessioncontext: { sessionissuer: { username: "Ops" } } },
      requestparameters: { name: "own-trail", maxitems: 5, policydocument: '{"Statement":[{"Effect":"Deny"}]}' },
      additionaleventdata: '{"MFAUsed":"No"}',
    });
    expect(event.errorcode).toBeUndefined();
    expect(event.details.username).toBeUndefined();
  });

  it("names users, and services that are no addresses", () => {
    const { event, notes } = read({
      ...call,
      eventName: "GetObject",
      userIdentity: { type: "IAMUser", userName: "frank" },
      sourceIPAddress: "config.amazonaws.com",
      requestParameters: "a text",
    });
    expect(event.details).toMatchObject({
      username: "frank",
      source: "config.amazonaws.com",
      eventreadonly: true,
      requestparameters: "a text",
    });
    expect(event.details.sourceipaddress).toBeUndefined();
    expect(notes).toEqual([]);
  });

  it("makes an event of each record of a file, and loses none that is something else", () => {
    const events = readEvents(JSON.stringify({ Records: [call, "odd", { ...call, eventName: "B" }] }), options);
    expect(events.map(({ event }) => event.details.eventname ?? event.details.record)).toEqual([
      "DeleteTrail",
      "odd",
      "B",
    ]);
  });

  it("reads what EventBridge sends, and keeps its envelope", () => {
    const { event } = read({ "detail-type": "AWS API Call via CloudTrail", source: "aws.iam", id: "x1", detail: call });
    expect(event).toMatchObject({ source: "cloudtrail", details: { eventname: "DeleteTrail" } });
    expect(event.details.eventbridge).toEqual({
      "detail-type": "AWS API Call via CloudTrail",
      source: "aws.iam",
      id: "x1",
    });
  });

  it("reads it as text in the message of a shipper", () => {
    const { event, parsers } = read({ message: JSON.stringify({ Records: [call] }), host: "collector" });
    expect(parsers).toEqual(["json", "cloudtrail"]);
    expect(event.hostname).toBe("iam.amazonaws.com");
  });

  it("puts what is deeper than anything that is asked for into a text", () => {
    const deep = { a: { b: { c: { d: { e: 1 } } } } };
    const { useridentity } = read({ ...call, userIdentity: deep }).event.details;
    expect(useridentity).toEqual({ a: { b: { c: { d: '{"e":1}' } } } });
  });

  it("leaves other records with Records alone", () => {
    for (const other of [{ Records: [] }, { Records: [{ eventName: "ObjectCreated:Put" }] }, { Records: "x" }])
      expect(read(other).parsers).not.toContain("cloudtrail");
  });
});
