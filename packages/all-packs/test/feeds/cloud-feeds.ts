import type { Feed } from "./feed.ts";

/** What clouds record of those who work with them. */
export const CLOUD_FEEDS: readonly Feed[] = [
  {
    file: "cloudtrail.json",
    what: "AWS CloudTrail, a file of its bucket (over several lines)",
    events: 5,
    parsers: ["cloudtrail"],
    all: { category: "AwsApiCall", source: "cloudtrail", severity: "INFO" },
    first: {
      hostname: "s3.amazonaws.com",
      summary: "198.51.100.80 performed ListBuckets in s3.amazonaws.com",
      utctimestamp: "2026-03-10T09:06:01Z",
      "details.username": "erik",
      "details.eventreadonly": true,
    },
    alerts: [
      "AlertCloudtrailLoggingDisabled",
      ...["AlertCloudtrailTampering", "AlertCloudtrailTampering"],
      "AlertCloudtrailTamperingFailed",
    ],
  },
  {
    file: "cloudtrail-eventbridge.ndjson",
    what: "AWS CloudTrail, EventBridge",
    events: 4,
    parsers: ["cloudtrail"],
    all: { category: "AwsApiCall", source: "cloudtrail" },
    first: {
      hostname: "cloudtrail.amazonaws.com",
      utctimestamp: "2026-03-10T09:11:01Z",
      "details.eventname": "StopLogging",
      "details.requestparameters.name": "eu-trail",
      "details.sourceipaddress": "2001:db8:80::9",
    },
    alerts: [
      "AlertCloudtrailLoggingDisabled",
      ...["AlertCloudtrailTampering", "AlertCloudtrailTampering"],
      "AlertCloudtrailTamperingFailed",
    ],
  },
  {
    file: "guardduty-eventbridge.ndjson",
    what: "AWS GuardDuty, EventBridge (three findings, one with two probes)",
    events: 4,
    parsers: ["guardduty"],
    all: { category: "guardduty", source: "guardduty", tags: ["aws", "guardduty"] },
    first: {
      summary: "Unprotected port on EC2 instance i-0ee55ff66aa77bb88 is being probed.",
      "details.type": "port_probe",
      "details.sourceipaddress": "198.51.100.83",
      "details.destinationport": 8080,
    },
    alerts: [
      ...["AlertGuardDutyFindingProbe", "AlertGuardDutyFindingProbe"],
      ...["AlertGuardDutyProbe", "AlertGuardDutyProbe"],
    ],
  },
  {
    file: "kubernetes-audit.ndjson",
    what: "Kubernetes, audit log",
    events: 3,
    parsers: ["kubernetes-audit"],
    all: { category: "kubernetes", tags: ["kubernetes"] },
    first: {
      summary: "get secrets shop/db by bodo@example.org (200)",
      "details.username": "bodo@example.org",
      "details.sourceipaddress": "198.51.100.106",
    },
    alerts: [],
  },
  {
    file: "github-audit.ndjson",
    what: "GitHub, audit log",
    events: 3,
    parsers: ["github-audit"],
    all: { category: "github", "details.org_login": "example-org" },
    first: {
      summary: "github: repo.access: on repo: payroll in org: example-org triggered by user: viki",
      utctimestamp: "2026-03-10T09:07:00.000Z",
      "details.sourceipaddress": "198.51.100.103",
    },
    alerts: [],
  },
];
