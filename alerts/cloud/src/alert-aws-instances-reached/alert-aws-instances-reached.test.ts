import { at, describeAlert, repeat } from "@mozdef/alert-testing/vitest";
import { CALL, called, calledByWorker, WHO } from "../../test/usual-cases.ts";
import { AlertAwsInstancesReached } from "./alert-aws-instances-reached.ts";

const session = (position: number) => called("StartSession", { target: `i-${position}` });
const command = (parameters: object) => called("SendCommand", parameters);
const summaryOf = (instances: string, ways: string, who = WHO, from = "192.0.2.7", refused = ""): string =>
  `AWS instances reached${refused}: ${instances} through ${ways} by ${who} from ${from}`;
const THREE = "i-0, i-1, i-2";

describeAlert(AlertAwsInstancesReached, {
  event: CALL,
  alert: {
    category: "AWSCloudtrail",
    tags: ["cloudtrail", "aws", "instances_reached"],
    severity: "WARNING",
    notify_mozdefbot: true,
  },
  fires: [
    {
      name: "three sessions, the threshold",
      events: at("-2m").every("1m", 3, session),
      alert: { summary: summaryOf(THREE, "Session Manager") },
    },
    {
      name: "one command for three instances",
      events: [command({ instanceids: '["i-0","i-1","i-2"]' })],
      alert: { summary: summaryOf(THREE, "Run Command") },
    },
    {
      name: "the same in the shape of MozDef's worker",
      events: [calledByWorker("SendCommand", { instanceids: ["i-0", "i-1", "i-2"] })],
      alert: { summary: summaryOf(THREE, "Run Command") },
    },
    {
      name: "instances as targets",
      events: [command({ targets: '[{"Key":"InstanceIds","Values":["i-0","i-1","i-2"]}]' })],
      alert: { summary: summaryOf(THREE, "Run Command") },
    },
    {
      name: "all instances with a tag",
      events: [command({ targets: '[{"Key":"tag:env","Values":["prod","qa"]}]' })],
      alert: {
        summary: summaryOf("tag:env=prod|qa #1, tag:env=prod|qa #2, tag:env=prod|qa #3", "Run Command"),
      },
    },
    ...[
      ["ResumeSession", "target", "Session Manager"],
      ["SendSSHPublicKey", "instanceid", "EC2 Instance Connect"],
      ["OpenTunnel", "instanceid", "EC2 Instance Connect Endpoint"],
      ["SendSerialConsoleSSHPublicKey", "instanceid", "the serial console"],
    ].map(([name = "", key = "", way = ""]) => ({
      name,
      events: at("-2m").every("1m", 3, (position) => called(name, { [key]: `i-${position}` })),
      alert: { summary: summaryOf(THREE, way) },
    })),
    {
      name: "more than an alert carries",
      events: at("-60s").every("1s", 12, (position) => ({ ...session(position), hostname: `s${position}` })),
      alert: { summary: summaryOf("i-0, i-1, i-2, i-3, i-4, i-5, i-6, i-7, i-8, i-9 and 2 more", "Session Manager") },
      embeds: 10,
    },
    {
      name: "exactly an hour old, the edge",
      events: at("-1h").every("0s", 3, session),
      alert: { summary: summaryOf(THREE, "Session Manager") },
    },
    {
      name: "two callers, each with an alert, one from nowhere",
      events: [
        at("-2m").every("1m", 3, session),
        at("-2m").every("1m", 3, (position) => ({
          details: { ...session(position).details, useridentity: { arn: "arn:b" }, sourceipaddress: null },
        })),
      ],
      alerts: [
        { summary: summaryOf(THREE, "Session Manager") },
        { summary: summaryOf(THREE, "Session Manager", "arn:b", "an unknown address") },
      ],
    },
    {
      name: "all refused",
      events: at("-2m").every("1m", 3, (position) => ({
        details: { ...session(position).details, errorcode: "AccessDeniedException" },
      })),
      alert: {
        summary: summaryOf(THREE, "Session Manager", WHO, "192.0.2.7", " (all refused)"),
        severity: "NOTICE",
        notify_mozdefbot: false,
      },
    },
    {
      name: "a number and a window of one's own",
      config: { instance_count: 1, window_minutes: 90 },
      events: at("-90m").once(session(0)),
      alert: { summary: summaryOf("i-0", "Session Manager") },
    },
  ],
  silent: [
    { name: "two instances, one below the threshold", events: repeat(2, session) },
    { name: "one instance, again and again", events: repeat(5, session(0)) },
    { name: "a second older than the window", events: at("-1h1s").every("0s", 3, session) },
    { name: "another source", events: repeat(3, (position) => ({ ...session(position), source: "guardduty" })) },
    { name: "another call", events: repeat(3, (position) => called("TerminateSession", { target: `i-${position}` })) },
    {
      name: "calls that failed",
      events: repeat(3, (position) => ({
        details: { ...session(position).details, errorcode: "TargetNotConnected" },
      })),
    },
    {
      name: "a caller that is expected",
      config: { expected_callers: ["arn:*:user/mal*"] },
      events: repeat(3, session),
    },
    { name: "a number of one's own", config: { instance_count: 4 }, events: repeat(3, session) },
    { name: "a shorter window", config: { window_minutes: 1 }, events: at("-1m1s").every("0s", 3, session) },
  ],
});
