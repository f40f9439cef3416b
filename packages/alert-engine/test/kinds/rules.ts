import {
  type AggregatedEvents,
  aggregation,
  AlertTask,
  avgOf,
  distinctOf,
  type HookResult,
  type Measure,
  minOf,
  newTerm,
  noEvent,
  percentage,
  type Search,
  sequence,
  type SilentSearch,
  spike,
  step,
  sumOf,
} from "@mozdef/alert";
import { fieldNamed, SearchQuery, TermMatch } from "@mozdef/query";
import {
  naiveAggregation,
  naiveNewTerm,
  naiveNoEvent,
  naivePercentage,
  type NaiveRule,
  naiveSpike,
  said,
} from "./naive.ts";
import { naiveSequence } from "./naive-sequence.ts";
import type { PlainEvent } from "./random-events.ts";

/** A rule as an alert and as a naive evaluation. */
export interface Rule {
  readonly name: string;
  readonly search: () => Search;
  readonly naive: NaiveRule;
  /** How its hook says what it was called with. Default: value, count and measure. */
  readonly says?: (group: AggregatedEvents) => string;
}

const MINUTE = 60_000;
const FIVE = { minutes: 5 };
const bytes = fieldNamed("details.bytes");
/** Of kinds that measure; the field is declared by the test, not for the compiler. */
const numeric = (measure: (field: never) => Measure): Measure => measure(bytes as never);

const all = SearchQuery(FIVE).must(TermMatch("category", "truth"));
const what = (value: string) => all.must(TermMatch("details.what", value));
const stepOf = (value: string) => SearchQuery().must(TermMatch("category", "truth"), TermMatch("details.what", value));

const users = ({ users: own }: PlainEvent): readonly string[] => own;
const ips = ({ ip }: PlainEvent): readonly string[] => (ip === null ? [] : [ip]);
const both = ({ users: own, ip }: PlainEvent): readonly string[] =>
  ip === null ? [] : own.map((user) => `${user}|${ip}`);
const together = (): readonly string[] => [""];

const sum = (events: readonly PlainEvent[]): number => events.flatMap((one) => one.bytes).reduce((a, b) => a + b, 0);
const mean = (events: readonly PlainEvent[]): number => sum(events) / events.flatMap((one) => one.bytes).length;
const least = (events: readonly PlainEvent[]): number => {
  const numbers = events.flatMap((one) => one.bytes);
  return numbers.length === 0 ? Number.NaN : Math.min(...numbers);
};
const different = (events: readonly PlainEvent[]): number => new Set(events.flatMap(users)).size;

const windowMs = 5 * MINUTE;
const withBaseline = ({ value, count, measured, baseline }: AggregatedEvents) => said(value, count, measured, baseline);
const countOnly = ({ value, count }: AggregatedEvents) => said(value, count);
const withSteps = ({ value, count, steps }: AggregatedEvents) =>
  said(value, count, steps.map(({ length }) => length).join("+"));
const byUser = fieldNamed("details.user");
const byIp = fieldNamed("details.sourceipaddress");

export const RULES: readonly Rule[] = [
  {
    name: "two fields",
    search: () => aggregation(all, { field: [byUser, byIp], threshold: 3 }),
    naive: naiveAggregation({ windowMs, keysOf: both, threshold: 3 }),
  },
  {
    name: "all together",
    search: () => aggregation(what("fail"), { field: [], threshold: 6 }),
    naive: naiveAggregation({ windowMs, fits: (one) => one.what === "fail", keysOf: together, threshold: 6 }),
  },
  {
    name: "different users",
    search: () => aggregation(all, { field: byIp, measure: distinctOf(byUser), atLeast: 2 }),
    naive: naiveAggregation({ windowMs, keysOf: ips, measure: different, atLeast: 2 }),
  },
  {
    name: "few users",
    search: () => aggregation(all, { field: byIp, measure: distinctOf(byUser), atMost: 1, threshold: 2 }),
    naive: naiveAggregation({ windowMs, keysOf: ips, measure: different, atMost: 1, threshold: 2 }),
  },
  {
    name: "sum",
    search: () => aggregation(all, { field: byUser, measure: numeric(sumOf), atLeast: 300 }),
    naive: naiveAggregation({ windowMs, keysOf: users, measure: sum, atLeast: 300 }),
  },
  {
    name: "mean of each pair",
    search: () => aggregation(all, { field: [byUser, byIp], measure: numeric(avgOf), atLeast: 90 }),
    naive: naiveAggregation({ windowMs, keysOf: both, measure: mean, atLeast: 90 }),
  },
  {
    name: "least of all",
    search: () => aggregation(all, { field: [], measure: numeric(minOf), atLeast: 20, atMost: 60 }),
    naive: naiveAggregation({ windowMs, keysOf: together, measure: least, atLeast: 20, atMost: 60 }),
  },
  {
    name: "by code",
    search: () =>
      aggregation(all, {
        groupBy: ({ _source }) => {
          const { user = [], what: kind } = _source.details as { user?: string | string[]; what: string };
          return [user].flat().map((one) => `${one}:${kind}`);
        },
        threshold: 3,
      }),
    naive: naiveAggregation({
      windowMs,
      keysOf: ({ users: own, what: kind }) => own.map((one) => `${one}:${kind}`),
      threshold: 3,
    }),
  },
  {
    name: "new user",
    search: () => newTerm(all, { field: byUser, history: { minutes: 10 } }),
    naive: naiveNewTerm({ windowMs, historyMs: 10 * MINUTE, keysOf: users }),
    says: countOnly,
  },
  {
    name: "new pair, learned",
    search: () => newTerm(all, { field: [byUser, byIp], history: { minutes: 12 }, learn: { minutes: 4 } }),
    naive: naiveNewTerm({ windowMs, historyMs: 12 * MINUTE, learnMs: 4 * MINUTE, keysOf: both }),
    says: countOnly,
  },
  {
    name: "spike by address",
    search: () => spike(all, { field: byIp, baseline: { minutes: 10 }, factor: 2, atLeast: 3 }),
    naive: naiveSpike({
      ...{ windowMs, baselineMs: 10 * MINUTE, factor: 2, atLeast: 3, keysOf: ips },
      direction: "up",
    }),
    says: withBaseline,
  },
  {
    name: "dip by user",
    search: () => spike(all, { field: byUser, baseline: { minutes: 15 }, factor: 1.5, atLeast: 2, direction: "down" }),
    naive: naiveSpike({
      ...{ windowMs, baselineMs: 15 * MINUTE, factor: 1.5, atLeast: 2, keysOf: users },
      direction: "down",
    }),
    says: withBaseline,
  },
  {
    name: "either way",
    search: () => spike(all, { baseline: { minutes: 5 }, factor: 1.25, atLeast: 4, direction: "both" }),
    naive: naiveSpike({
      ...{ windowMs, baselineMs: 5 * MINUTE, factor: 1.25, atLeast: 4, keysOf: together },
      direction: "both",
    }),
    says: withBaseline,
  },
  {
    name: "many more bytes by user",
    search: () =>
      spike(all, { field: byUser, measure: numeric(sumOf), baseline: { minutes: 10 }, factor: 1.5, atLeast: 60.5 }),
    naive: naiveSpike({
      ...{ windowMs, baselineMs: 10 * MINUTE, factor: 1.5, atLeast: 60.5, keysOf: users },
      direction: "up",
      measure: sum,
    }),
    says: withBaseline,
  },
  {
    name: "fewer or more bytes of each pair",
    search: () =>
      spike(all, {
        ...{ field: [byUser, byIp], measure: numeric(sumOf), baseline: { minutes: 5 }, factor: 2, atLeast: 50 },
        direction: "both",
      }),
    naive: naiveSpike({
      ...{ windowMs, baselineMs: 5 * MINUTE, factor: 2, atLeast: 50, keysOf: both },
      direction: "both",
      measure: sum,
    }),
    says: withBaseline,
  },
  {
    name: "another mean by address",
    search: () =>
      spike(all, {
        ...{ field: byIp, measure: numeric(avgOf), baseline: { minutes: 10 }, factor: 1.2, atLeast: 20 },
        direction: "both",
      }),
    naive: naiveSpike({
      ...{ windowMs, baselineMs: 10 * MINUTE, factor: 1.2, atLeast: 20, keysOf: ips },
      direction: "both",
      measure: mean,
      isSum: false,
    }),
    says: withBaseline,
  },
  {
    name: "another least of all",
    search: () => spike(all, { measure: numeric(minOf), baseline: { minutes: 5 }, factor: 1.1 }),
    naive: naiveSpike({
      ...{ windowMs, baselineMs: 5 * MINUTE, factor: 1.1, atLeast: 1, keysOf: together },
      direction: "up",
      measure: least,
      isSum: false,
    }),
    says: withBaseline,
  },
  {
    name: "failures, then success",
    search: () =>
      sequence({ by: byUser, within: { minutes: 4 }, window: FIVE }, [
        step(stepOf("fail"), { times: 2 }),
        step(stepOf("ok")),
      ]),
    naive: naiveSequence({
      lookBackMs: 9 * MINUTE,
      withinMs: 4 * MINUTE,
      places: [
        { what: "fail", times: 2 },
        { what: "ok", times: 1 },
      ],
      keysOf: users,
    }),
    says: withSteps,
  },
  {
    name: "three steps by user and address",
    search: () =>
      sequence({ by: [byUser, byIp], within: { minutes: 6 }, window: FIVE }, [
        step(stepOf("fail")),
        step(stepOf("ok")),
        step(stepOf("fail")),
      ]),
    naive: naiveSequence({
      lookBackMs: 11 * MINUTE,
      withinMs: 6 * MINUTE,
      places: [
        { what: "fail", times: 1 },
        { what: "ok", times: 1 },
        { what: "fail", times: 1 },
      ],
      keysOf: both,
    }),
    says: withSteps,
  },
  {
    name: "never reset between",
    search: () =>
      sequence({ by: byUser, within: { minutes: 5 }, window: FIVE, without: step(stepOf("reset")) }, [
        step(stepOf("fail"), { times: 2 }),
        step(stepOf("ok")),
      ]),
    naive: naiveSequence({
      lookBackMs: 10 * MINUTE,
      withinMs: 5 * MINUTE,
      places: [
        { what: "fail", times: 2 },
        { what: "ok", times: 1 },
      ],
      never: "reset",
      keysOf: users,
    }),
    says: withSteps,
  },
  {
    name: "no reset right before success",
    search: () =>
      sequence({ by: byUser, within: { minutes: 5 }, window: FIVE }, [
        step(stepOf("fail")),
        { without: step(stepOf("reset")) },
        step(stepOf("ok")),
      ]),
    naive: naiveSequence({
      lookBackMs: 10 * MINUTE,
      withinMs: 5 * MINUTE,
      places: [
        { what: "fail", times: 1 },
        { what: "reset", times: 1, isAbsent: true },
        { what: "ok", times: 1 },
      ],
      keysOf: users,
    }),
    says: withSteps,
  },
  {
    name: "success without a reset after it",
    search: () =>
      sequence({ by: byUser, within: { minutes: 2 }, window: FIVE, without: step(stepOf("reset")) }, [
        step(stepOf("ok")),
      ]),
    naive: naiveSequence({
      lookBackMs: 7 * MINUTE,
      withinMs: 2 * MINUTE,
      places: [
        { what: "ok", times: 1 },
        { what: "reset", times: 1, isAbsent: true },
      ],
      keysOf: users,
    }),
    says: withSteps,
  },
  {
    name: "many failures",
    search: () => percentage(what("fail"), { of: all, field: byUser, atLeast: 60, minimum: 4 }),
    naive: naivePercentage({ windowMs, fits: (one) => one.what === "fail", keysOf: users, minimum: 4, atLeast: 60 }),
    says: ({ value, count, measured, baseline }) => said(value, count, measured, baseline),
  },
  {
    name: "few successes",
    search: () => percentage(what("ok"), { of: all, atMost: 15, minimum: 3 }),
    naive: naivePercentage({ windowMs, fits: (one) => one.what === "ok", keysOf: together, minimum: 3, atMost: 15 }),
    says: ({ value, count, measured, baseline }) => said(value, count, measured, baseline),
  },
  {
    name: "silent user",
    search: () => noEvent(what("ok"), { each: byUser, seenWithin: { minutes: 12 } }),
    naive: naiveNoEvent({ windowMs, seenMs: 12 * MINUTE, fits: (one) => one.what === "ok", keysOf: users }),
  },
];

const draft = { category: "truth", tags: ["truth"] };

/** The alert of a rule. */
export class RuleAlert extends AlertTask {
  readonly #rule: Rule;

  constructor(rule: Rule) {
    super({});
    this.#rule = rule;
  }

  override get name(): string {
    return this.#rule.name;
  }

  main(): Search {
    return this.#rule.search();
  }

  onAggregation(group: AggregatedEvents): HookResult {
    const says = this.#rule.says ?? ((one) => said(one.value, one.count, one.measured));
    return { ...draft, summary: says(group) };
  }

  onNoEvent({ value }: SilentSearch): HookResult {
    return { ...draft, summary: said(value, 0) };
  }
}
