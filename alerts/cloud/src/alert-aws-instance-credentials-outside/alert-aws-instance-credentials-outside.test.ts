import { at, describeAlert } from "@mozdef/alert-testing/vitest";
import { CALL, called, WHO } from "../../test/usual-cases.ts";
import { AlertAwsInstanceCredentialsOutside } from "./alert-aws-instance-credentials-outside.ts";

const SESSION = "arn:aws:sts::123456789012:assumed-role/web/i-0123456789abcdef0";
const by = (sourceipaddress: string | null, eventname = "GetCallerIdentity", arn = SESSION) =>
  called(eventname, null, { sourceipaddress, useridentity: { type: "AssumedRole", arn, username: null } });
const person = (sourceipaddress: string, more: object = {}) =>
  called("DescribeVpcs", null, { sourceipaddress, useridentity: { type: "IAMUser", arn: WHO, ...more } });
const summaryOf = (addresses: string, shared = "", session = SESSION): string =>
  `AWS credentials of an instance used outside: ${session} from ${addresses}${shared}`;
const HOME = "192.0.2.1";
const AWAY = "198.51.100.7";
const before = at("-3h").once(by(HOME, "PutObject"));

describeAlert(AlertAwsInstanceCredentialsOutside, {
  event: CALL,
  alert: {
    category: "AWSCloudtrail",
    tags: ["cloudtrail", "aws", "instance_credentials_outside"],
    severity: "CRITICAL",
    notify_mozdefbot: true,
  },
  fires: [
    ...[
      "GetCallerIdentity",
      "DescribeInstances",
      "DescribeRegions",
      "ListBuckets",
      "ListSecrets",
      "ListRoles",
      "ListUsers",
      "ListFunctions20150331",
      "GetAccountAuthorizationDetails",
      "GetAccountSummary",
    ].map((name) => ({
      name: `${name} from a second address`,
      events: [before, by(AWAY, name)],
      covers: 1,
      alert: { summary: summaryOf(`${HOME}, ${AWAY}`) },
    })),
    {
      name: "from an address that a person uses",
      events: [at("-3h").once(person(AWAY)), by(AWAY)],
      covers: 1,
      alert: { summary: summaryOf(AWAY, `, where ${WHO} calls from, too`) },
    },
    {
      name: "from the address of the root user, in a partition of its own",
      events: [
        person(AWAY, { type: "Root", arn: "arn:root" }),
        by(AWAY, "ListBuckets", "arn:aws-cn:sts::1:assumed-role/web/i-1"),
      ],
      covers: 1,
      alert: { summary: summaryOf(AWAY, ", where arn:root calls from, too", "arn:aws-cn:sts::1:assumed-role/web/i-1") },
    },
    {
      name: "exactly half an hour and a day old, the edges",
      events: [at("-24h").once(by(HOME, "PutObject")), at("-30m").once(by(AWAY))],
      covers: 1,
      alert: { summary: summaryOf(`${HOME}, ${AWAY}`) },
    },
    {
      name: "eleven looks, two of them from elsewhere",
      events: at("-60s").every("1s", 11, (position) => ({
        ...by(position < 9 ? AWAY : HOME),
        hostname: `s${position}.amazonaws.com`,
      })),
      embeds: 10,
      alert: { summary: summaryOf(`${AWAY}, ${HOME}`) },
    },
    {
      name: "two sessions, each with an alert, on one service",
      events: [by(HOME), by(AWAY), by(HOME, "ListBuckets", `${SESSION}1`), by(AWAY, "ListBuckets", `${SESSION}1`)],
      alerts: [
        { summary: summaryOf(`${HOME}, ${AWAY}`) },
        { summary: summaryOf(`${HOME}, ${AWAY}`, "", `${SESSION}1`) },
      ],
    },
    {
      name: "a longer history",
      config: { history_hours: 48 },
      events: [at("-47h").once(by(HOME, "PutObject")), by(AWAY)],
      covers: 1,
      alert: { summary: summaryOf(`${HOME}, ${AWAY}`) },
    },
  ],
  silent: [
    { name: "its own address only", events: [before, by(HOME)] },
    { name: "no look around", events: [before, by(AWAY, "PutObject")] },
    { name: "a second too old", events: [before, at("-30m1s").once(by(AWAY))] },
    { name: "another use more than a day ago", events: [at("-24h1s").once(by(HOME, "PutObject")), by(AWAY)] },
    { name: "the endpoint of its own network", events: [by("10.1.2.3"), by(HOME)] },
    { name: "private addresses", events: [by("10.1.2.3"), by("10.1.2.4")] },
    { name: "no address", events: [before, at("-1h").once(by(AWAY, "PutObject")), by(null)] },
    {
      name: "another source, after calls from elsewhere",
      events: [before, at("-2h").once(by(AWAY, "PutObject")), { ...by(AWAY), source: "guardduty" }],
    },
    {
      name: "a role of a person",
      events: [
        by(HOME, "ListBuckets", "arn:aws:sts::1:assumed-role/ops/eve"),
        by(AWAY, "ListBuckets", "arn:aws:sts::1:assumed-role/ops/eve"),
      ],
    },
    { name: "people at another address", events: [person(HOME), by(AWAY)] },
    { name: "a role at the same address", events: [person(AWAY, { type: "AssumedRole" }), by(AWAY)] },
    { name: "a session that is expected", config: { expected_callers: ["*/web/*"] }, events: [before, by(AWAY)] },
  ],
});
