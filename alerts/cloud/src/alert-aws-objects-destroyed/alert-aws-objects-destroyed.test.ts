import { at, describeAlert, repeat } from "@mozdef/alert-testing/vitest";
import { CALL, called, calledByWorker, WHO } from "../../test/usual-cases.ts";
import { AlertAwsObjectsDestroyed } from "./alert-aws-objects-destroyed.ts";

const deleted = called("DeleteObject", { bucketname: "b", key: "k" });
const batch = called("DeleteObjects", { bucketname: "b" });
const CUSTOMER = { "x-amz-server-side-encryption-customer-algorithm": "AES256" };
const KMS = "x-amz-server-side-encryption-aws-kms-key-id";
const FOREIGN = { [KMS]: "arn:aws:kms:eu-west-1:999999999999:key/1" };
const copied = called("CopyObject", { bucketname: "b", ...CUSTOMER });
const put = (parameters: object) => called("PutObject", { bucketname: "b", ...parameters });
const summaryOf = (what: string, buckets = "b", who = WHO): string =>
  `S3 objects ${what} for ${buckets} by ${who} from 192.0.2.7`;
const elsewhere = (event: typeof deleted) => (position: number) => ({ ...event, hostname: `s${position}` });
const by = (event: typeof deleted, arn: string) => ({ details: { ...event.details, useridentity: { arn } } });

describeAlert(AlertAwsObjectsDestroyed, {
  event: CALL,
  alert: {
    category: "AWSCloudtrail",
    tags: ["cloudtrail", "aws", "objects_destroyed"],
    severity: "CRITICAL",
    notify_mozdefbot: true,
  },
  fires: [
    {
      name: "a hundred objects, the threshold",
      events: repeat(100, elsewhere(deleted)),
      alert: { summary: summaryOf("deleted: 100 calls") },
      embeds: 10,
    },
    {
      name: "ten batches, the threshold, in the shape of MozDef's worker",
      events: repeat(10, (position) => ({
        ...calledByWorker("DeleteObjects", { bucketname: `b${position % 2}` }),
        hostname: `s${position}`,
      })),
      alert: { summary: summaryOf("deleted in batches: 10 calls", "b0, b1") },
      embeds: 10,
    },
    {
      name: "five copies with a key that only the caller has, the threshold",
      events: repeat(5, elsewhere(copied)),
      alert: { summary: summaryOf("encrypted: 5 calls") },
    },
    {
      name: "more objects written with a key of another account than an alert carries",
      events: at("-60s").every("1s", 11, elsewhere(put(FOREIGN))),
      alert: { summary: summaryOf("encrypted: 11 calls") },
      embeds: 10,
    },
    {
      name: "a write with a key of our own among them is not carried",
      events: [at("-60s").once(put({ [KMS]: "alias/ours" })), at("-50s").every("1s", 5, elsewhere(copied))],
      alert: { summary: summaryOf("encrypted: 5 calls") },
      embeds: 5,
    },
    {
      name: "copies in the shape of MozDef's worker, without a bucket",
      events: repeat(5, calledByWorker("CopyObject", CUSTOMER)),
      alert: { summary: summaryOf("encrypted: 5 calls", "a bucket that is not named") },
    },
    {
      name: "exactly an hour old, the edge",
      config: { encrypt_count: 10 },
      events: [
        at("-1h").every("0s", 100, deleted),
        at("-1h").every("0s", 10, batch),
        at("-1h").every("0s", 10, copied),
      ],
      alerts: [
        { summary: summaryOf("deleted: 100 calls") },
        { summary: summaryOf("deleted in batches: 10 calls") },
        { summary: summaryOf("encrypted: 10 calls") },
      ],
      embeds: 10,
    },
    {
      name: "two callers, each with an alert",
      config: { delete_count: 1, batch_count: 1, encrypt_count: 1 },
      events: [deleted, batch, copied, by(deleted, "arn:b"), by(batch, "arn:b"), by(copied, "arn:b")],
      alerts: [WHO, "arn:b"].flatMap((who) => [
        { summary: summaryOf("deleted: 1 calls", "b", who) },
        { summary: summaryOf("deleted in batches: 1 calls", "b", who) },
        { summary: summaryOf("encrypted: 1 calls", "b", who) },
      ]),
    },
    {
      name: "a window of one's own",
      config: { batch_count: 1, window_minutes: 90 },
      events: at("-90m").once(batch),
      alert: { summary: summaryOf("deleted in batches: 1 calls") },
    },
  ],
  silent: [
    {
      name: "one below each threshold",
      events: [repeat(99, deleted), repeat(9, batch), repeat(4, copied)],
    },
    {
      name: "a second older than the window",
      events: [
        at("-1h1s").every("0s", 100, deleted),
        at("-1h1s").every("0s", 10, batch),
        at("-1h1s").every("0s", 5, copied),
      ],
    },
    {
      name: "another source",
      events: [deleted, batch, copied].map((event) => repeat(100, { ...event, source: "guardduty" })),
    },
    { name: "another call", events: repeat(100, called("GetObject", { bucketname: "b", ...CUSTOMER })) },
    ...["AccessDenied", "NoSuchKey"].map((errorcode) => ({
      name: `calls that failed with ${errorcode}`,
      events: [deleted, batch, copied].map((event) => repeat(100, { details: { ...event.details, errorcode } })),
    })),
    {
      name: "calls that failed, as older events say it",
      events: [deleted, batch, copied].map((event) => repeat(100, { ...event, errorcode: "AccessDenied" })),
    },
    {
      name: "a caller that is expected",
      config: { expected_callers: ["arn:*:user/mal*"] },
      events: [deleted, batch, copied].map((event) => repeat(100, event)),
    },
    { name: "objects without a key", events: repeat(5, put({ key: "k" })) },
    { name: "a key of our own", events: repeat(5, put({ [KMS]: "arn:aws:kms:eu-west-1:123456789012:key/1" })) },
    { name: "a key of our own, by its name", events: repeat(5, put({ [KMS]: "alias/ours" })) },
    {
      name: "a key of another account of ours",
      config: { own_accounts: ["999999999999"] },
      events: repeat(5, put(FOREIGN)),
    },
    {
      name: "four with a key that is not ours and one with",
      events: [repeat(4, copied), put({ [KMS]: "alias/ours" })],
    },
    { name: "a shorter window", config: { window_minutes: 1, batch_count: 1 }, events: at("-1m1s").once(batch) },
  ],
  equivalent: [
    {
      mutant: /^search 3: (?:drop must BooleanMatch|threshold 5 - 1$|drop samplesLimit)/,
      reason: "The hook counts again, and carries, only what was written with a key that is not ours.",
    },
  ],
});
