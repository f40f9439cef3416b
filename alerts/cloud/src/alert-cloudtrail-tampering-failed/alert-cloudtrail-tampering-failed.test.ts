import { at, describeAlert } from "@mozdef/alert-testing/vitest";
import { AlertCloudtrailTamperingFailed } from "./alert-cloudtrail-tampering-failed.ts";

const WHO = "arn:aws:iam::123456789012:user/mallory";
const summaryOf = (call: string, error = "AccessDenied"): string =>
  `Failed to make CloudTrail record less (${error}): ${call} on main-trail by ${WHO} from 2001:db8::7`;

describeAlert(AlertCloudtrailTamperingFailed, {
  event: {
    category: "AwsApiCall",
    source: "cloudtrail",
    details: {
      eventname: "StopLogging",
      errorcode: "AccessDenied",
      requestparameters: { name: "main-trail" },
      useridentity: { type: "IAMUser", arn: WHO },
      sourceipaddress: "2001:db8::7",
    },
  },
  alert: {
    category: "AWSCloudtrail",
    tags: ["cloudtrail", "aws", "cloudtrail_tampering"],
    severity: "WARNING",
    notify_mozdefbot: true,
  },
  fires: [
    ...[
      "StopLogging",
      "DeleteTrail",
      "UpdateTrail",
      "PutEventSelectors",
      "PutInsightSelectors",
      "DeleteEventDataStore",
      "UpdateEventDataStore",
      "StopEventDataStoreIngestion",
    ].map((eventname) => ({
      name: `${eventname}, refused`,
      events: [{ details: { eventname } }],
      alert: { summary: summaryOf(eventname) },
    })),
    {
      name: "the code on top, as older events have it",
      events: [{ errorcode: "TrailNotFoundException", details: { errorcode: null } }],
      alert: { summary: summaryOf("StopLogging", "TrailNotFoundException") },
    },
    {
      name: "exactly half an hour old, the edge of the window",
      events: at("-30m").once(),
      alert: { summary: summaryOf("StopLogging") },
    },
    {
      name: "calls of one's own",
      config: { event_names: ["DeleteFlowLogs"] },
      events: [{ details: { eventname: "DeleteFlowLogs" } }],
      alert: { summary: summaryOf("DeleteFlowLogs") },
    },
  ],
  silent: [
    { name: "a second older than the window", events: at("-30m1s").once() },
    { name: "another source", events: [{ source: "guardduty" }] },
    { name: "another call", events: [{ details: { eventname: "StartLogging" } }] },
    { name: "a call that worked", events: [{ details: { errorcode: null } }] },
    { name: "the shipped calls are replaced", config: { event_names: ["DeleteFlowLogs"] }, events: [{}] },
    { name: "no calls", config: { event_names: [] }, events: [{}] },
  ],
});
