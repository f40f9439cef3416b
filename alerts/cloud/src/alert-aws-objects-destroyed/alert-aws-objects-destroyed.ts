import {
  type AggregatedEvents,
  type AlertAbout,
  AlertTask,
  type HookContext,
  listed,
  textList,
  wholeCount,
} from "@mozdef/alert";
import { any, ExistsMatch, type Clause } from "@mozdef/query";
import { z } from "zod";
import { callsNamed, expectedCallers } from "../call.ts";
import { partOf, textsBelow, type Parameters } from "../call-parameters.ts";
import { addressesOf, byCaller } from "../findings.ts";
import { strangersAmong } from "../policy.ts";

const config = z.object({
  /** Objects that one caller has to delete, one by one. */
  delete_count: wholeCount.default(100),
  /** The same in batches of up to a thousand. */
  batch_count: wholeCount.default(10),
  /** Objects that one caller has to encrypt with a key that is not ours. */
  encrypt_count: wholeCount.default(5),
  /** Accounts whose keys are ours, beside the one of the call. */
  own_accounts: textList("comma").default([]),
  /** Look-back in minutes. */
  window_minutes: wholeCount.default(60),
  /** Callers whose calls are expected. */
  expected_callers: expectedCallers,
});

/** One caller deletes many objects of S3 within an hour, or encrypts them with a key that is not ours. */
export class AlertAwsObjectsDestroyed extends AlertTask.withConfig(config) {
  static readonly about: AlertAbout = {
    description: "One caller deletes many objects of S3 within an hour, or encrypts them with a key that is not ours.",
    severity: "CRITICAL",
    attack: ["T1485", "T1486"],
    falsePositives: ["A program that cleans up: name its role, or raise the number."],
    triage: [
      "Does the caller clean up here? If not, deny it everything at once.",
      "Stop rules that delete old versions: with versioning on, what was deleted can be brought back.",
      "Look for a note in the bucket, and for what was downloaded before (`GetObject`).",
    ],
  };

  main() {
    const { delete_count, batch_count, encrypt_count, window_minutes, expected_callers } = this.config;
    const calls = (names: readonly string[], threshold: number, data: Way, ...clauses: readonly Clause[]) => ({
      ...byCaller(callsNamed({ minutes: window_minutes }, names, expected_callers, ...FAILED).must(...clauses), {
        threshold,
        samplesLimit: 10,
      }),
      data,
    });
    return [
      calls(["DeleteObject"], delete_count, "deleted"),
      calls(["DeleteObjects"], batch_count, "deleted in batches"),
      calls(["CopyObject", "PutObject"], encrypt_count, "encrypted", mayNameKey),
    ];
  }

  onAggregation({ value, events, allEvents }: AggregatedEvents, { data: way }: HookContext<Way>) {
    const own = this.config.own_accounts;
    const found = way === "encrypted" ? allEvents.filter((event) => isForeign(event, own)) : allEvents;
    if (way === "encrypted" && found.length < this.config.encrypt_count) return null;
    const buckets = listed(found.flatMap((event) => textsBelow(partOf(event, "requestparameters"), "bucketname")));
    return {
      summary: `S3 objects ${way}: ${found.length} calls for ${buckets === "" ? "a bucket that is not named" : buckets} by ${value} from ${addressesOf(found)}`,
      category: "AWSCloudtrail",
      tags: ["cloudtrail", "aws", "objects_destroyed"],
      severity: "CRITICAL",
      // mozdef-mutate-ignore: of the other ways all events were found, and the first ten are the samples
      events: way === "encrypted" ? found.slice(0, 10) : events,
    };
  }
}

/** What was refused or failed has destroyed nothing. */
const FAILED = [ExistsMatch("errorcode"), ExistsMatch("details.errorcode")];

const CUSTOMER_KEY = "x-amz-server-side-encryption-customer-algorithm";
const KMS_KEY = "x-amz-server-side-encryption-aws-kms-key-id";

/** Most objects are written without naming a key; older events have all parameters in one text. */
const mayNameKey = any(
  ExistsMatch(`details.requestparameters.${CUSTOMER_KEY}`),
  ExistsMatch(`details.requestparameters.${KMS_KEY}`),
  ExistsMatch("details.requestparameters.raw_value"),
);

type Way = "deleted" | "deleted in batches" | "encrypted";

/** A key that only the caller has (SSE-C), or one of KMS in another account. */
const isForeign = (event: AggregatedEvents["allEvents"][number], own: readonly string[]): boolean => {
  const parameters: Parameters = partOf(event, "requestparameters");
  if (parameters[CUSTOMER_KEY] !== undefined) return true;
  const keys = textsBelow(parameters, KMS_KEY);
  const accounts = textsBelow(event._source, "recipientaccountid");
  return strangersAmong(keys, [...accounts, ...own]).length > 0;
};
