import { at, describeAlert, repeat } from "@mozdef/alert-testing/vitest";
import { CALL, called, calledByWorker, summaryFor, WHO } from "../../test/usual-cases.ts";
import { AlertAwsSecretsRead } from "./alert-aws-secrets-read.ts";

const summaryOf = summaryFor("AWS secrets read");
const secret = (position: number) => called("GetSecretValue", { secretid: `s${position}` });
const refused = (position: number) => ({ details: { ...secret(position).details, errorcode: "AccessDenied" } });
const batch = (position: number) =>
  called("BatchGetSecretValue", { filters: '[{"Key":"tag-key"}]' }, { eventid: `e${position}` });
const parameters = (position: number) =>
  called("GetParameters", {
    names: JSON.stringify(Array.from({ length: 10 }, (_, index) => `/app/${10 * position + index}`)),
    withdecryption: true,
  });
const TEN = summaryOf("10 secrets of Secrets Manager");

describeAlert(AlertAwsSecretsRead, {
  event: CALL,
  alert: {
    category: "AWSCloudtrail",
    tags: ["cloudtrail", "aws", "secrets_read"],
    severity: "WARNING",
    notify_mozdefbot: true,
  },
  fires: [
    { name: "ten secrets, the threshold", events: repeat(10, secret), alert: { summary: TEN } },
    {
      name: "twelve secrets, in the shape of MozDef's worker, from several places",
      events: at("-60s").every("1s", 12, (position) =>
        calledByWorker("GetSecretValue", { secretid: `s${position}` }, { sourceipaddress: `192.0.2.${position % 2}` }),
      ),
      alert: { summary: summaryOf("12 secrets of Secrets Manager", WHO, "192.0.2.0, 192.0.2.1") },
      embeds: 10,
    },
    { name: "exactly an hour old, the edge", events: at("-1h").every("0s", 10, secret), alert: { summary: TEN } },
    {
      name: "two callers, each with an alert, on one service",
      events: [
        repeat(10, secret),
        repeat(10, (position) => ({ details: { ...secret(position).details, useridentity: { arn: "arn:b" } } })),
      ],
      alerts: [{ summary: TEN }, { summary: summaryOf("10 secrets of Secrets Manager", "arn:b") }],
    },
    {
      name: "a batch that does not say what it reads",
      events: [batch(0)],
      alert: { summary: summaryOf("10 secrets of Secrets Manager, in batches,") },
    },
    {
      name: "batches exactly an hour old, of one caller",
      events: at("-1h").every("0s", 11, (position) => ({ ...batch(position), hostname: `s${position}` })),
      alert: { summary: summaryOf("110 secrets of Secrets Manager, in batches,") },
      embeds: 10,
    },
    {
      name: "a batch that names ten",
      events: [
        called("BatchGetSecretValue", { secretidlist: JSON.stringify(Array.from({ length: 10 }, (_, n) => `s${n}`)) }),
      ],
      alert: { summary: summaryOf("10 secrets of Secrets Manager, in batches,") },
    },
    {
      name: "thirty parameters in three calls, the threshold",
      events: repeat(3, parameters),
      alert: { summary: summaryOf("30 encrypted parameters of Systems Manager") },
    },
    {
      name: "parameters by path",
      events: at("-1h").every("0s", 3, (position) =>
        called("GetParametersByPath", { path: "/", withdecryption: true }, { eventid: `e${position}` }),
      ),
      alert: { summary: summaryOf("30 encrypted parameters of Systems Manager") },
    },
    {
      name: "parameters one by one",
      events: at("-60s").every("1s", 30, (position) => ({
        ...called("GetParameter", { name: `/app/${position}`, withdecryption: true }),
        hostname: `s${position}`,
      })),
      alert: { summary: summaryOf("30 encrypted parameters of Systems Manager") },
      embeds: 10,
    },
    {
      name: "passwords of Windows",
      events: at("-1h").every("0s", 10, (position) => called("GetPasswordData", { instanceid: `i-${position}` })),
      alert: { summary: summaryOf("10 Windows passwords of instances") },
    },
    {
      name: "more passwords than an alert carries, all refused",
      events: at("-60s").every("1s", 12, (position) => ({
        ...called("GetPasswordData", { instanceid: `i-${position}` }, { errorcode: "Client.UnauthorizedOperation" }),
        hostname: `s${position}`,
      })),
      alert: {
        summary: summaryOf("12 Windows passwords of instances (12 refused)"),
        severity: "NOTICE",
        notify_mozdefbot: false,
      },
      embeds: 10,
    },
    {
      name: "start scripts",
      events: at("-1h").every("0s", 10, (position) =>
        called("DescribeInstanceAttribute", { attribute: "userData", instanceid: `i-${position}` }),
      ),
      alert: { summary: summaryOf("10 start scripts of instances") },
    },
    {
      name: "more start scripts than an alert carries",
      events: at("-60s").every("1s", 11, (position) => ({
        ...called("DescribeInstanceAttribute", { attribute: "userData", instanceid: `i-${position}` }),
        hostname: `s${position}`,
      })),
      alert: { summary: summaryOf("11 start scripts of instances") },
      embeds: 10,
    },
    {
      name: "some of them refused",
      events: [repeat(6, secret), repeat(4, (position) => refused(6 + position))],
      alert: { summary: summaryOf("10 secrets of Secrets Manager (4 refused)") },
    },
    {
      name: "a single one refused",
      events: [repeat(9, secret), refused(9)],
      alert: { summary: summaryOf("10 secrets of Secrets Manager (1 refused)") },
    },
    {
      name: "numbers and a window of one's own",
      config: { secret_count: 2, parameter_count: 1, window_minutes: 90 },
      events: [at("-90m").every("0s", 2, secret), called("GetParameter", { name: "/a", withdecryption: true })],
      alerts: [
        { summary: summaryOf("2 secrets of Secrets Manager") },
        { summary: summaryOf("1 encrypted parameters of Systems Manager") },
      ],
    },
  ],
  silent: [
    { name: "nine secrets, one below the threshold", events: repeat(9, secret) },
    { name: "one secret, again and again", events: repeat(50, secret(1)) },
    { name: "a second older than the window", events: at("-1h1s").every("0s", 10, secret) },
    {
      name: "batches, passwords, scripts and parameters, too old",
      events: [
        at("-1h1s").once(batch(0)),
        at("-1h1s").every("0s", 10, (position) => called("GetPasswordData", { instanceid: `i-${position}` })),
        at("-1h1s").every("0s", 10, (position) =>
          called("DescribeInstanceAttribute", { attribute: "userData", instanceid: `i-${position}` }),
        ),
        at("-1h1s").every("0s", 3, parameters),
      ],
    },
    {
      name: "another source",
      events: [
        repeat(10, (position) => ({ ...secret(position), source: "guardduty" })),
        { ...batch(0), source: "guardduty" },
        repeat(3, (position) => ({ ...parameters(position), source: "guardduty" })),
        repeat(10, (position) => ({
          ...called("GetPasswordData", { instanceid: `i-${position}` }),
          source: "guardduty",
        })),
        repeat(10, (position) => ({
          ...called("DescribeInstanceAttribute", { attribute: "userData", instanceid: `i-${position}` }),
          source: "guardduty",
        })),
      ],
    },
    {
      name: "another call",
      events: repeat(10, (position) =>
        called("DescribeSecret", {
          secretid: `s${position}`,
          instanceid: `i-${position}`,
          attribute: "userData",
          names: `["${position}a","${position}b","${position}c"]`,
          withdecryption: true,
        }),
      ),
    },
    { name: "a batch that names nine", events: [called("BatchGetSecretValue", { secretidlist: '["1","2","3"]' })] },
    {
      name: "twenty-nine parameters",
      events: [repeat(2, parameters), called("GetParameters", { names: '["a","b"]', withdecryption: true })],
    },
    { name: "twenty parameters in two calls", events: repeat(2, parameters) },
    {
      name: "parameters that are not decrypted",
      events: repeat(3, (position) => ({
        details: {
          ...parameters(position).details,
          requestparameters: { names: `["${position}"]`, withdecryption: false },
        },
      })),
    },
    {
      name: "nine passwords",
      events: repeat(9, (position) => called("GetPasswordData", { instanceid: `${position}` })),
    },
    {
      name: "nine start scripts",
      events: repeat(9, (position) =>
        called("DescribeInstanceAttribute", { attribute: "userData", instanceid: `i-${position}` }),
      ),
    },
    {
      name: "another attribute of instances",
      events: repeat(10, (position) =>
        called("DescribeInstanceAttribute", { attribute: "kernel", instanceid: `i-${position}` }),
      ),
    },
    {
      name: "secrets that are not there",
      events: repeat(10, (position) => ({
        details: { ...secret(position).details, errorcode: "ResourceNotFoundException" },
      })),
    },
    {
      name: "a caller that is expected",
      config: { expected_callers: ["arn:*:user/mal*"] },
      events: repeat(10, secret),
    },
    {
      name: "a caller that is expected, in other ways",
      config: { expected_callers: [WHO], secret_count: 1, parameter_count: 10 },
      events: [
        batch(0),
        parameters(0),
        called("GetPasswordData", { instanceid: "i-1" }),
        called("DescribeInstanceAttribute", { attribute: "userData", instanceid: "i-1" }),
      ],
    },
    { name: "a shorter window", config: { window_minutes: 1 }, events: at("-1m1s").every("0s", 10, secret) },
  ],
  equivalent: [
    {
      mutant: "threshold 10 - 1",
      reason: "The hook counts again, each secret once: fewer events than secrets cannot alert.",
    },
  ],
});
