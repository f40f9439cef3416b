import { at, describeAlert } from "@mozdef/alert-testing/vitest";
import { AlertCloudtrailLoggingDisabled } from "./alert-cloudtrail-logging-disabled.ts";

const summaryOf = (trail: string): string => `Cloudtrail Logging Disabled: ${trail}`;

describeAlert(AlertCloudtrailLoggingDisabled, {
  event: {
    source: "cloudtrail",
    details: { eventname: "StopLogging", requestparameters: { name: "cloudtrail_example_name" } },
  },
  alert: {
    category: "AWSCloudtrail",
    tags: ["cloudtrail", "aws", "cloudtrail_logging_disabled"],
    severity: "CRITICAL",
    notify_mozdefbot: true,
  },
  fires: [
    { name: "a trail that was stopped", events: [{}], alert: { summary: summaryOf("cloudtrail_example_name") } },
    {
      name: "exactly half an hour old, the edge of the window",
      events: at("-30m").once(),
      alert: { summary: summaryOf("cloudtrail_example_name") },
    },
    {
      name: "two trails are two alerts",
      events: [{}, { details: { requestparameters: { name: "arn:aws:cloudtrail:eu-west-1:1:trail/ü" } } }],
      alerts: [
        { summary: summaryOf("cloudtrail_example_name") },
        { summary: summaryOf("arn:aws:cloudtrail:eu-west-1:1:trail/ü") },
      ],
    },
    {
      name: "the name of the trail is missing",
      events: [{ details: { requestparameters: { name: null } } }],
      alert: { summary: summaryOf("unknown") },
    },
    {
      name: "a call that failed for another reason",
      events: [{ errorcode: "TrailNotFoundException", details: { errorcode: "TrailNotFoundException" } }],
      alert: { summary: summaryOf("cloudtrail_example_name") },
    },
  ],
  silent: [
    { name: "a second older than the window", events: at("-30m1s").once() },
    { name: "another source", events: [{ source: "event" }] },
    { name: "another call", events: [{ details: { eventname: "Badeventname" } }] },
    { name: "a call that was refused", events: [{ errorcode: "AccessDenied" }] },
    { name: "a call that was refused, as CloudTrail says it", events: [{ details: { errorcode: "AccessDenied" } }] },
  ],
});
