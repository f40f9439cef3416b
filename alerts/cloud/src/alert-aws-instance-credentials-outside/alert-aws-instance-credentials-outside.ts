import {
  type AggregatedEvents,
  aggregation,
  type AlertAbout,
  AlertTask,
  type HookContext,
  isPrivateAddress,
  listed,
  wholeCount,
} from "@mozdef/alert";
import { ExistsMatch, SearchQuery, TermMatch, TermsMatch, WildcardMatch } from "@mozdef/query";
import { z } from "zod";
import { callsNamed, expectedCallers } from "../call.ts";

const config = z.object({
  /** Hours to look back for other uses of the session and of the address. */
  history_hours: wholeCount.default(24),
  /** Callers whose calls are expected. */
  expected_callers: expectedCallers,
});

/** What somebody with credentials that were found does first. */
const FIRST_LOOKS = [
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
];

/** The session of an instance is used from a second address, or from one that people use. */
export class AlertAwsInstanceCredentialsOutside extends AlertTask.withConfig(config) {
  static readonly about: AlertAbout = {
    description: "The session of an instance is used from a second address, or from one that people use.",
    severity: "CRITICAL",
    attack: ["T1552.005", "T1078.004", "T1550.001"],
    falsePositives: [
      "An instance that goes out through several NAT gateways or got a new address.",
      "Somebody who works with keys of their own on the instance.",
    ],
    triage: [
      "Is the address one of yours, such as a NAT gateway?",
      "If not: revoke the sessions of the role, and find out how the credentials left the instance (SSRF, a shell).",
      "Allow only version 2 of the metadata service (IMDSv2).",
    ],
  };

  main() {
    const query = callsNamed({ minutes: 30 }, FIRST_LOOKS, this.config.expected_callers).must(
      ExistsMatch("details.sourceipaddress"),
      // The name of such a session is the instance.
      WildcardMatch("details.useridentity.arn", "arn:aws*:sts::*:assumed-role/*/i-*"),
    );
    return aggregation(query, { field: "details.useridentity.arn", samplesLimit: 10 });
  }

  async onAggregation({ value, events }: AggregatedEvents, { count }: HookContext) {
    const history = SearchQuery({ hours: this.config.history_hours }).must(TermMatch("source", "cloudtrail"));
    const used = await count(history.must(TermMatch("details.useridentity.arn", value)), {
      by: "details.sourceipaddress",
    });
    // Through an endpoint of its network an instance calls from a private address.
    const addresses = used.map((one) => one.value).filter((address) => !isPrivateAddress(address));
    if (addresses.length === 0) return null;
    const people = await count(
      history.must(
        TermsMatch("details.sourceipaddress", addresses),
        TermsMatch("details.useridentity.type", ["IAMUser", "Root"]),
      ),
      { by: "details.useridentity.arn" },
    );
    if (addresses.length < 2 && people.length === 0) return null;
    const shared = people.length === 0 ? "" : `, where ${listed(people.map((one) => one.value))} calls from, too`;
    return {
      summary: `AWS credentials of an instance used outside: ${value} from ${listed(addresses)}${shared}`,
      category: "AWSCloudtrail",
      tags: ["cloudtrail", "aws", "instance_credentials_outside"],
      severity: "CRITICAL",
      events,
    };
  }
}
