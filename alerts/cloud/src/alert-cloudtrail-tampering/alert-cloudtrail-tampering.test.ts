import { at, describeAlert } from "@mozdef/alert-testing/vitest";
import { createTask } from "@mozdef/alert/runtime";
import { expect, test } from "vitest";
import { AlertCloudtrailTampering } from "./alert-cloudtrail-tampering.ts";

const WHO = "arn:aws:iam::123456789012:user/mallory";
const summaryOf = (call: string, trail = "main-trail", who = WHO, from = "192.0.2.7"): string =>
  `CloudTrail records less: ${call} on ${trail} by ${who} from ${from}`;
const call = (eventname: string, requestparameters: object = {}) => ({ details: { eventname, requestparameters } });

describeAlert(AlertCloudtrailTampering, {
  event: {
    category: "AwsApiCall",
    source: "cloudtrail",
    details: {
      eventname: "StopLogging",
      requestparameters: { name: "main-trail" },
      useridentity: { type: "IAMUser", arn: WHO },
      sourceipaddress: "192.0.2.7",
    },
  },
  alert: {
    category: "AWSCloudtrail",
    tags: ["cloudtrail", "aws", "cloudtrail_tampering"],
    notify_mozdefbot: true,
  },
  fires: [
    {
      name: "a trail that was stopped",
      events: [{}],
      alert: { summary: summaryOf("StopLogging"), severity: "CRITICAL" },
    },
    ...["DeleteTrail", "DeleteEventDataStore", "StopEventDataStoreIngestion"].map((eventname) => ({
      name: `${eventname}, which ends recording`,
      events: [call(eventname)],
      alert: { summary: summaryOf(eventname), severity: "CRITICAL" },
    })),
    ...["UpdateTrail", "PutEventSelectors", "PutInsightSelectors", "UpdateEventDataStore"].map((eventname) => ({
      name: `${eventname}, which may be a change that was planned`,
      events: [call(eventname)],
      alert: { summary: summaryOf(eventname), severity: "WARNING" },
    })),
    {
      name: "the trail inside parameters that are stored as text",
      events: [call("PutEventSelectors", { name: null, raw_value: '{"eventselectors": [], "trailname": "deep"}' })],
      alert: { summary: summaryOf("PutEventSelectors", "deep") },
    },
    {
      name: "an event data store, and one inside the text",
      events: [
        call("DeleteEventDataStore", { name: null, eventdatastore: "arn:eds/ü" }),
        call("UpdateEventDataStore", { name: null, raw_value: '{"eventdatastore": "arn:eds/2"}' }),
      ],
      alerts: [
        { summary: summaryOf("DeleteEventDataStore", "arn:eds/ü"), severity: "CRITICAL" },
        { summary: summaryOf("UpdateEventDataStore", "arn:eds/2"), severity: "WARNING" },
      ],
    },
    {
      name: "no trail, no caller, no address",
      events: [
        {
          details: {
            requestparameters: null,
            useridentity: { arn: null, type: "AWSService" },
            sourceipaddress: null,
          },
        },
        call("DeleteTrail", { name: null, raw_value: "no JSON" }),
        { details: { requestparameters: { name: null, raw_value: "[]" }, useridentity: null } },
      ],
      alerts: [
        { summary: summaryOf("StopLogging", "unknown", "AWSService", "unknown") },
        { summary: summaryOf("DeleteTrail", "unknown") },
        { summary: summaryOf("StopLogging", "unknown", "unknown") },
      ],
    },
    {
      name: "exactly half an hour old, the edge of the window",
      events: at("-30m").once(),
      alert: { summary: summaryOf("StopLogging") },
    },
    {
      name: "calls of one's own",
      config: { event_names: ["DeleteFlowLogs"] },
      events: [call("DeleteFlowLogs")],
      alert: { summary: summaryOf("DeleteFlowLogs"), severity: "WARNING" },
    },
  ],
  silent: [
    { name: "a second older than the window", events: at("-30m1s").once() },
    { name: "another source", events: [{ source: "guardduty" }] },
    { name: "another call", events: [call("StartLogging")] },
    { name: "a call that was refused", events: [{ details: { errorcode: "AccessDenied" } }] },
    { name: "a call that failed, as older events say it", events: [{ errorcode: "TrailNotFoundException" }] },
    { name: "the shipped calls are replaced", config: { event_names: ["DeleteFlowLogs"] }, events: [{}] },
    { name: "no calls", config: { event_names: [] }, events: [{}] },
  ],
});

test("AlertCloudtrailTampering takes the calls as one text with commas", () => {
  expect(createTask(AlertCloudtrailTampering, { event_names: "A, B" }).config).toEqual({ event_names: ["A", "B"] });
});
