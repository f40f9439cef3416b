import type { estypes } from "@elastic/elasticsearch";
import { ORDERS } from "./alert-position.ts";

/** The newest alert of a group. Alerts may write anything into their fields. */
export interface GroupAlert {
  readonly id: string;
  readonly utctimestamp?: unknown;
  readonly summary?: unknown;
}

/** Alerts that have something in common. */
export interface AlertGroup {
  /** The class name, or the address, user or host. */
  readonly value: string;
  readonly count: number;
  /** How many of them are not closed. */
  readonly open: number;
  /** The worst of theirs; the most frequent one when none is known, null when none has one. */
  readonly severity: string | null;
  readonly newest: GroupAlert;
}

/** What is told of the alerts of a group. */
export const membersAggregations: Readonly<Record<string, estypes.AggregationsAggregationContainer>> = {
  open: { filter: { bool: { must_not: [{ term: { status: "closed" } }] } } },
  severities: { terms: { field: "severity", size: 50 } },
  newest: { top_hits: { size: 1, sort: ORDERS.newest, _source: ["utctimestamp", "summary"] } },
};

/** The answer to it. */
export interface Members {
  readonly doc_count: number;
  readonly open: { readonly doc_count: number };
  readonly severities: { readonly buckets: readonly { readonly key: string }[] };
  readonly newest: {
    readonly hits: { readonly hits: readonly estypes.SearchHit<Omit<GroupAlert, "id">>[] };
  };
}

/** The group that an answer tells of. */
export const membersIn = ({ doc_count, open, severities, newest }: Members, value: string): AlertGroup => {
  const [hit] = newest.hits.hits;
  return {
    ...{ value, count: doc_count, open: open.doc_count },
    severity: worstOf(severities.buckets.map(({ key }) => key)),
    newest: { id: hit?._id ?? "", ...hit?._source },
  };
};

/** The worst first. */
const RANKS = ["CRITICAL", "ERROR", "WARNING", "NOTICE", "INFO"];

const worstOf = (severities: readonly string[]): string | null => {
  const known = RANKS.flatMap((rank) => severities.find((severity) => severity.toUpperCase() === rank) ?? []);
  return known[0] ?? severities[0] ?? null;
};
