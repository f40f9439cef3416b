import { lastMs, SPAN_MS } from "./events.ts";

/** A search body by what it asks. */
export type Questions = Readonly<Record<string, object>>;

const inWindow = (fromMs: number, toMs: number): object => ({
  bool: {
    should: ["utctimestamp", "receivedtimestamp"].map((field) => ({
      range: { [field]: { gte: new Date(fromMs).toISOString(), lte: new Date(toMs).toISOString() } },
    })),
    minimum_should_match: 1,
  },
});

/** What an alert on failed logins asks at the slot with that number; slots are spread over all stored time. */
export const alertQuery = (slot: number, minutes = 2): object => {
  const toMs = lastMs - ((slot * 7_919_777) % (SPAN_MS - minutes * 60_000));
  const filter = [
    inWindow(toMs - minutes * 60_000, toMs),
    { match_phrase: { summary: "failed" } },
    { term: { "details.program": "sshd" } },
    { terms: { summary: ["login", "invalid"] } },
  ];
  const skipped = { match_phrase: { summary: "11.22.33.44" } };
  return { query: { bool: { filter, must_not: [skipped] } }, size: 1000, track_total_hits: true };
};

/** An alert that finds nothing, one of many in a request. */
export const quietAlert = (number: number): object => ({
  query: {
    bool: {
      filter: [
        inWindow(lastMs - 300_000, lastMs),
        { term: { category: `category${number}` } },
        { match_phrase: { summary: "failed login" } },
      ],
    },
  },
  size: 1000,
  track_total_hits: true,
});

export const termQuery = { query: { term: { category: "proxy" } } };

const hits = (query: object): object => ({ query, size: 10, sort: ["_doc"] });
const counts = (aggregation: object): object => ({ size: 0, aggs: { it: aggregation } });

/** Every kind of query and aggregation once. */
export const kinds: Questions = {
  match_all: hits({ match_all: {} }),
  term: hits({ term: { "details.username": "user77" } }),
  terms: hits({ terms: { hostname: ["host1.example.com", "host2.example.com"] } }),
  "term, CIDR": hits({ term: { "details.sourceipaddress": "10.1.0.0/16" } }),
  "term, CIDR of many values": hits({ term: { "details.sourceipaddress": "10.0.0.0/8" } }),
  "range, ip": hits({ range: { "details.sourceipaddress": { gte: "10.1.20.0", lt: "::ffff:10.2.128.0" } } }),
  match: hits({ match: { summary: "failed publickey" } }),
  match_phrase: hits({ match_phrase: { summary: "failed for" } }),
  "match_phrase, frequent words": hits({ match_phrase: { summary: "from 10" } }),
  "match_phrase, slop": hits({ match_phrase: { summary: { query: "failed root", slop: 3 } } }),
  "range, date": hits({ range: { utctimestamp: { gte: "2026-01-05", lt: "2026-01-06" } } }),
  "range, long": hits({ range: { "details.bytes": { gte: 500, lt: 900 } } }),
  "range, keyword": hits({ range: { hostname: { gte: "host3", lt: "host4" } } }),
  exists: hits({ exists: { field: "details.username" } }),
  ids: hits({ ids: { values: ["5", "77", "nope"] } }),
  wildcard: hits({ wildcard: { hostname: "*7.example*" } }),
  prefix: hits({ prefix: { "details.uid": "Cab" } }),
  regexp: hits({ regexp: { hostname: "host[1-3]7\\..*" } }),
  fuzzy: hits({ fuzzy: { summary: "publickye" } }),
  query_string: hits({ query_string: { query: "summary:failed AND category:proxy -hostname:host1*" } }),
  "query_string, all fields": hits({ query_string: { query: "publickey" } }),
  simple_query_string: hits({
    simple_query_string: { query: "failed +user -session", fields: ["summary"], default_operator: "and" },
  }),
  "bool, must_not": hits({
    bool: { filter: [{ term: { category: "bro" } }], must_not: [{ term: { "details.success": true } }] },
  }),
  "sort by date": { query: { term: { category: "bro" } }, size: 10, sort: [{ utctimestamp: "desc" }] },
  "sort by keyword": { query: { term: { category: "bro" } }, size: 10, sort: ["details.uid"] },
  "sort by keyword, all events": { query: { match_all: {} }, size: 10, sort: ["details.uid"] },
  "terms, few": counts({ terms: { field: "category" } }),
  "terms, many": counts({ terms: { field: "details.sourceipaddress", size: 20 } }),
  "terms, a group an event": counts({ terms: { field: "details.uid", size: 20 } }),
  rare_terms: counts({ rare_terms: { field: "details.username", max_doc_count: 10 } }),
  multi_terms: counts({ multi_terms: { terms: [{ field: "category" }, { field: "hostname" }] } }),
  "terms with top_hits": counts({ terms: { field: "hostname" }, aggs: { h: { top_hits: { size: 1 } } } }),
  "terms with top_hits of 3": counts({ terms: { field: "hostname" }, aggs: { h: { top_hits: { size: 3 } } } }),
  composite: counts({ composite: { size: 1000, sources: [{ k: { terms: { field: "details.username" } } }] } }),
  cardinality: counts({ cardinality: { field: "details.username" } }),
  stats: counts({ stats: { field: "details.bytes" } }),
  percentiles: counts({ percentiles: { field: "details.bytes" } }),
  histogram: counts({ histogram: { field: "details.bytes", interval: 5000 } }),
  "range aggregation": counts({
    range: { field: "details.bytes", ranges: [{ to: 1000 }, { from: 500, to: 50_000 }, { from: 50_000 }] },
  }),
  value_count: counts({ value_count: { field: "details.bytes" } }),
  date_histogram: counts({ date_histogram: { field: "utctimestamp", calendar_interval: "hour" } }),
  filters: counts({
    filters: { filters: { a: { term: { category: "bro" } }, b: { term: { "details.success": true } } } },
  }),
};
