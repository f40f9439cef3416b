import { describeAlert } from "@mozdef/alert-testing/vitest";
import { CALL, called, calledByWorker, summaryFor, usualFires, usualSilent } from "../../test/usual-cases.ts";
import { AlertAwsLogRetentionCut } from "./alert-aws-log-retention-cut.ts";

const USUAL = {
  headline: "AWS logs are kept for less time",
  event: called("DeleteLogGroup", { loggroupname: "/audit/web" }),
  text: "log group deleted (DeleteLogGroup of /audit/web)",
  refused: "refused: DeleteLogGroup of /audit/web",
};
const summaryOf = summaryFor(USUAL.headline);
const lifecycle = (Rule: unknown, bucketname = "org-trail-1") =>
  called("PutBucketLifecycle", { bucketname, lifecycleconfiguration: JSON.stringify({ Rule }) });
const early = summaryOf("logs in a bucket expire early (PutBucketLifecycle of org-trail-1)");

describeAlert(AlertAwsLogRetentionCut, {
  event: CALL,
  alert: { category: "AWSCloudtrail", tags: ["cloudtrail", "aws", "log_retention_cut"] },
  fires: [
    ...usualFires(USUAL),
    {
      name: "a rule that deletes after a day",
      events: [lifecycle({ Status: "Enabled", Expiration: { Days: 1 } })],
      alert: { summary: early, severity: "CRITICAL" },
    },
    {
      name: "several rules, one of them a day too short, and old versions",
      events: [
        lifecycle([{ Expiration: { Days: 400 } }, { Expiration: { Days: 29 } }]),
        lifecycle([{ NoncurrentVersionExpiration: { NoncurrentDays: 1 } }]),
      ],
      alert: { summary: early },
    },
    {
      name: "the shape of MozDef's worker",
      events: [
        calledByWorker("PutBucketLifecycle", {
          bucketname: "org-trail-1",
          lifecycleconfiguration: { rule: { expiration: { days: 1 } } },
        }),
      ],
      alert: { summary: early },
    },
    {
      name: "a bucket with logs",
      events: [called("DeleteBucket", { bucketname: "Access-Logs" })],
      alert: { summary: summaryOf("bucket with logs deleted (DeleteBucket of Access-Logs)"), severity: "CRITICAL" },
    },
    {
      name: "versions that are no longer kept",
      events: [
        called("PutBucketVersioning", {
          bucketname: "org-trail-1",
          versioningconfiguration: '{"Status":"Suspended"}',
        }),
      ],
      alert: {
        summary: summaryOf("versions no longer kept (PutBucketVersioning of org-trail-1)"),
        severity: "WARNING",
      },
    },
    {
      name: "a log group with a day",
      events: [called("PutRetentionPolicy", { loggroupname: "vpc-flow-logs", retentionindays: 1 })],
      alert: {
        summary: summaryOf("log group with short retention (PutRetentionPolicy of vpc-flow-logs)"),
        severity: "WARNING",
      },
    },
    ...["web", "web*", "*b", "*", "w*b"].map((pattern) => ({
      name: `names of one's own: ${pattern}`,
      config: { log_names: [pattern] },
      events: [called("DeleteBucket", { bucketname: "web" })],
      alert: { summary: summaryOf("bucket with logs deleted (DeleteBucket of web)") },
    })),
    {
      name: "days of one's own",
      config: { shortest_days: 90 },
      events: [lifecycle({ Expiration: { Days: 89 } })],
      alert: { summary: early },
    },
  ],
  silent: [
    ...usualSilent(USUAL),
    {
      name: "a call that only looks",
      events: [{ details: { ...lifecycle({ Expiration: { Days: 1 } }).details, eventname: "GetBucketLifecycle" } }],
    },
    { name: "just long enough", events: [lifecycle({ Expiration: { Days: 30 } })] },
    { name: "cheaper storage after a day", events: [lifecycle({ Transition: { Days: 1 } })] },
    { name: "a rule without days", events: [lifecycle("none")] },
    { name: "another bucket", events: [lifecycle({ Expiration: { Days: 1 } }, "uploads")] },
    { name: "no bucket", events: [called("DeleteBucket")] },
    {
      name: "versions that are kept",
      events: [
        called("PutBucketVersioning", { bucketname: "org-trail-1", versioningconfiguration: '{"Status":"Enabled"}' }),
      ],
    },
    {
      name: "a log group with a year",
      events: [called("PutRetentionPolicy", { loggroupname: "vpc-flow-logs", retentionindays: 365 })],
    },
    ...["we", "eb", "web*x", "b*", "*w", "b*w"].map((pattern) => ({
      name: `names of one's own that do not fit: ${pattern}`,
      config: { log_names: [pattern] },
      events: [called("DeleteBucket", { bucketname: "web" })],
    })),
    { name: "no names", config: { log_names: [] }, events: [USUAL.event] },
  ],
});
