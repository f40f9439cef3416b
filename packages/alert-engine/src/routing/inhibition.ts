import { messageOf } from "@mozdef/alert";
import type { Hit } from "@mozdef/alert";
import type { OpenAlerts } from "@mozdef/alert-store";
import { EngineError } from "../engine-error.ts";
import { alertValues, type SeenAlert } from "./alert-fields.ts";
import { type Match, type Matcher, readMatch } from "./matcher.ts";
import { type DurationInput, readDuration } from "./read-duration.ts";

/** Alerts that need not be sent as long as another one is open that says more. */
export interface InhibitionInput {
  /** The alert that says more: `{ name: "AlertHostDown" }`. */
  readonly by: Match;
  /** Those that are not sent. */
  readonly mutes: Match;
  /** Fields in which both have to be equal; a field that neither has is. Default: none. */
  readonly equal?: readonly string[];
  /** How old the alert that says more may be. Default 24 h. */
  readonly within?: DurationInput;
}

export interface Inhibition {
  readonly by: Matcher;
  /** As it was given, so that the store is asked for few. */
  readonly byMatch: Match;
  readonly mutes: Matcher;
  readonly equal: readonly string[];
  readonly withinMs: number;
}

const KEYS = ["by", "mutes", "equal", "within"];

/** @throws {EngineError} `ROUTE_INVALID` naming the rule and the key. */
export const readInhibitions = (rules: readonly InhibitionInput[]): readonly Inhibition[] =>
  rules.map((rule, place) => {
    const wrong = (what: string, cause?: unknown) =>
      new EngineError("ROUTE_INVALID", `The inhibition ${place} is wrong: ${what}.`, { cause });
    const unknown = Object.keys(rule).find((key) => !KEYS.includes(key));
    if (unknown !== undefined)
      throw wrong(`unknown key ${JSON.stringify(unknown)}, expected some of ${KEYS.join(", ")}`);
    const { by, mutes, equal = [], within = "24h" } = rule;
    if (!Array.isArray(equal) || !equal.every((field) => typeof field === "string" && field !== ""))
      throw wrong("equal: expected a list of names of fields");
    try {
      const read = { by: readMatch(by), mutes: readMatch(mutes) };
      return { ...read, byMatch: by, equal, withinMs: readDuration(within) };
    } catch (cause) {
      throw wrong(messageOf(cause), cause);
    }
  });

/** An alert with its id. */
export type Seen = Pick<Hit<SeenAlert>, "_id" | "_source">;

/** The open alert by which a rule mutes another; null when there is none. One that fits both sides does not mute itself. */
export const inhibitorOf = (rule: Inhibition, alert: Seen, open: readonly Seen[]): Seen | null =>
  open.find(
    (other) =>
      other._id !== alert._id &&
      rule.by(other._source) &&
      rule.equal.every((field) => isEqual(alertValues(other._source, field), alertValues(alert._source, field))),
  ) ?? null;

const isEqual = (some: readonly string[], others: readonly string[]): boolean =>
  (some.length === 0 && others.length === 0) || some.some((value) => others.includes(value));

/** Values that are said as they are, of fields that the store can look for. */
const SEARCHED: ReadonlyMap<string, string> = new Map([
  ...["severity", "category", "classname"].map((field): [string, string] => [field, field]),
  ...[
    ["name", "classname"] as [string, string],
    ["tags", "tags"] as [string, string],
    ["tag", "tags"] as [string, string],
  ],
]);

/** What the store is asked for: a superset of the alerts by which a rule mutes. */
export const inhibitorsOf = ({ byMatch, withinMs }: Inhibition, now: Date): OpenAlerts => ({
  since: new Date(now.getTime() - withinMs),
  until: now,
  terms: Object.entries(byMatch).flatMap(([field, wanted]) => {
    const searched = SEARCHED.get(field);
    const values = (Array.isArray(wanted) ? wanted : [wanted]) as readonly unknown[];
    const isPlain = values.every((value) => typeof value === "string" && !/[*?]/.test(value));
    return searched === undefined || !isPlain ? [] : [{ field: searched, values: values as readonly string[] }];
  }),
});
