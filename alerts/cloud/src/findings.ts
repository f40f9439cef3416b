import {
  type AggregatedEvents,
  aggregation,
  type AggregationSearch,
  type AlertDraft,
  distinct,
  type Hit,
  listed,
} from "@mozdef/alert";
import type { SearchQuery } from "@mozdef/query";
import { callOf, labelOf, type Call } from "./call.ts";

/** In rising order. */
const SEVERITIES = ["NOTICE", "WARNING", "CRITICAL"] as const;
export type Severity = (typeof SEVERITIES)[number];

/** What is wrong with a call. */
export interface Finding {
  /** In words, e.g. `flow log deleted`. */
  readonly what: string;
  /** Keys of parameters that may say what the call was made for; the first that is there is shown. */
  readonly of?: readonly string[];
  /** When it worked. A refused call is a `NOTICE`. */
  readonly severity: Severity;
}

/** How an alert judges calls. */
export interface Judgement {
  /** Begins the summary. */
  readonly headline: string;
  /** The tag of the alert beside `cloudtrail` and `aws`. */
  readonly tag: string;
  /** Null when nothing is wrong with a call. */
  readonly judge: (call: Call) => Finding | null;
}

/** One alert for each caller: whoever does one of these things does the next a minute later. */
export const byCaller = (
  query: SearchQuery,
  options: { readonly threshold?: number; readonly samplesLimit?: number } = {},
): AggregationSearch => aggregation(query, { field: "details.useridentity.arn", ...options });

/** `{headline}: {what} ({call} of {target}), ... by {caller} from {addresses}`; null when nothing is wrong with any call. */
export const alertOfFindings = (
  { value, allEvents }: AggregatedEvents,
  { headline, tag, judge }: Judgement,
): AlertDraft | null => {
  const found = allEvents.flatMap((event) => {
    const call = callOf(event);
    const finding = call === null ? null : judge(call);
    return call === null || finding === null ? [] : [{ event, ...seen(call, finding) }];
  });
  if (found.length === 0) return null;
  return {
    summary: `${headline}: ${listed(found.map(({ text }) => text))} by ${value} from ${addressesOf(found.map(({ event }) => event))}`,
    category: "AWSCloudtrail",
    tags: ["cloudtrail", "aws", tag],
    severity: worstOf(found.map(({ severity }) => severity)),
    events: found.slice(0, 10).map(({ event }) => event),
  };
};

/** Where calls came from; a service of AWS that calls by itself has a name and no address. */
export const addressesOf = (events: readonly Hit[]): string => {
  const addresses = [...distinct(events, "details.sourceipaddress"), ...distinct(events, "details.source")];
  return addresses.length === 0 ? "an unknown address" : listed(addresses);
};

const seen = (call: Call, { what, of = [], severity }: Finding): { text: string; severity: Severity } => {
  const label = labelOf(call, of);
  return call.isRefused ? { text: `refused: ${label}`, severity: "NOTICE" } : { text: `${what} (${label})`, severity };
};

const worstOf = (severities: readonly Severity[]): Severity =>
  SEVERITIES.findLast((severity) => severities.includes(severity)) ?? "NOTICE";
