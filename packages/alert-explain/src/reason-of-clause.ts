import { valuesAt } from "@mozdef/alert";
import type { Bound, Clause, PrefixClause, RangeClause, Scalar } from "@mozdef/query";
import { visible } from "@mozdef/query/tools";
import { editDistance, nearest } from "./edit-distance.ts";
import { describeSpan } from "./describe-span.ts";
import type { EventFacts } from "./event-facts.ts";

/** Why an event does not fit a clause that it had to fit. */
export const reasonOfClause = (clause: Clause, facts: EventFacts): string => {
  if (clause.kind === "boolean") return "its own clauses do not fit together; see below";
  if (clause.kind === "queryString") return "no part of the query string fits the event";
  const values = valuesAt(facts.event, clause.field);
  if (values.length === 0) return absent(clause.field, facts);
  const kind = facts.kinds.get(clause.field);
  if (kind === undefined) return `the store does not know a field ${clause.field}`;
  switch (clause.kind) {
    case "term":
    case "phrase":
      return kind === "text"
        ? wordsReason(clause.field, values, wordsOf([clause.value], facts), facts, clause.kind === "phrase")
        : otherValue(clause.field, values, [clause.value]);
    case "terms":
      return kind === "text"
        ? wordsReason(clause.field, values, clause.values.map(String), facts, false)
        : otherValue(clause.field, values, clause.values);
    case "exists":
      return `${clause.field} holds nothing that can be searched`;
    case "wildcard":
      return kind === "text"
        ? `no single word fits the pattern; words are: ${list(wordsOf(values, facts))}`
        : otherValue(clause.field, values, [clause.pattern]);
    case "prefix":
      return kind === "text"
        ? `no single word begins with ${JSON.stringify(clause.text)}; words are: ${list(wordsOf(values, facts))}`
        : otherBeginning(clause, values);
    case "regexp":
      return kind === "text"
        ? `no single word fits the expression; words are: ${list(wordsOf(values, facts))}`
        : `${clause.field} is ${list(values)}: an expression has to fit the whole value`;
    case "lessThan":
      return boundReason(clause.field, values, { lt: clause.value });
    case "range":
      return boundReason(clause.field, values, clause);
    case "subnet":
      return `${clause.field} is ${list(values)}, outside ${clause.cidr}`;
  }
};

const list = (values: readonly unknown[]): string => {
  const shown = values.slice(0, 12).map((value) => JSON.stringify(value));
  return `${shown.join(", ")}${values.length > shown.length ? ", ..." : ""}`;
};

/** Near enough to be a typing error. */
const TYPING_ERROR = 2;

const absent = (field: string, { event }: EventFacts): string => {
  const known = pathsOf(event, "");
  const near = nearest(field, known);
  const isNear = near !== undefined && editDistance(field.toLowerCase(), near.toLowerCase()) <= TYPING_ERROR;
  return `the event has no ${field}${isNear ? `; it has ${visible(near)}` : ""}`;
};

const pathsOf = (value: unknown, path: string): readonly string[] =>
  typeof value !== "object" || value === null || Array.isArray(value)
    ? [path]
    : Object.entries(value).flatMap(([key, inner]) => pathsOf(inner, path === "" ? key : `${path}.${key}`));

const otherValue = (field: string, values: readonly Scalar[], wanted: readonly Scalar[]): string => {
  const texts = values.map(String);
  const twin = wanted.find((one) => texts.some((text) => text.toLowerCase() === String(one).toLowerCase()));
  if (twin !== undefined) return `${field} is ${list(values)}: it differs in upper and lower case only`;
  const close = wanted.length > 1 ? nearest(texts[0] ?? "", wanted.map(String)) : undefined;
  return `${field} is ${list(values)}${close === undefined ? "" : `; nearest is ${JSON.stringify(close)}`}`;
};

const otherBeginning = ({ field, text }: PrefixClause, values: readonly Scalar[]): string => {
  const isTwin = values.some((value) => String(value).toLowerCase().startsWith(text.toLowerCase()));
  return `${field} is ${list(values)}${isTwin ? ": it differs in upper and lower case only" : ""}`;
};

const wordsOf = (values: readonly Scalar[], { words }: EventFacts): readonly string[] =>
  values.flatMap((value) => words.get(String(value)) ?? []);

const wordsReason = (
  field: string,
  values: readonly Scalar[],
  wanted: readonly string[],
  facts: EventFacts,
  isPhrase: boolean,
): string => {
  const words = wordsOf(values, facts);
  const missing = wanted.filter((word) => !words.includes(word));
  const upper = missing.filter((word) => words.includes(word.toLowerCase()));
  const what =
    upper.length > 0
      ? `words are stored in lower case, ${list(upper)} never fits`
      : missing.length > 0
        ? `missing ${isPhrase ? "" : missing.length > 1 ? "all of " : ""}${list(missing)}`
        : "the words are there, but not next to one another in this order";
  return `${what}; the words of ${field} are: ${list(words)}`;
};

type Bounds = Pick<RangeClause, "gt" | "gte" | "lt" | "lte">;

const boundReason = (field: string, values: readonly Scalar[], { gt, gte, lt, lte }: Bounds): string => {
  const [ms, low, high] = [values[0], gt ?? gte, lt ?? lte].map(timeOf) as [number, number, number];
  const is = `${field} is ${list(values)}`;
  if (ms < low) return `${is}, ${describeSpan(low - ms)} too early`;
  if (ms > high) return `${is}, ${describeSpan(ms - high)} too late`;
  return ms === low || ms === high ? `${is}, the bound itself, which is not part of the range` : is;
};

/** Only dates and their texts: numbers of keyword fields compare as text, where a distance means nothing. */
const timeOf = (bound: Bound | Scalar | undefined): number => {
  if (bound instanceof Date) return bound.getTime();
  return typeof bound === "string" && /^\d{4}-/.test(bound) ? Date.parse(bound) : Number.NaN;
};
