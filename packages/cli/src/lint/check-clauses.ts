import { isAddress, isInNetwork } from "@mozdef/alert";
import type { Clause, FieldKind, Scalar } from "@mozdef/query";
import { describeClause } from "@mozdef/query/tools";
import { type AskedField, type AskedQuery, fieldsOf, queriesOf } from "./asked-of.ts";
import { fieldOf, type FieldScope } from "./known-fields.ts";
import type { Check, Subject } from "./problem.ts";

/** A clause on one field. */
type FieldClause = Extract<Clause, { field: unknown }>;

/** A clause, and where it is asked. */
interface PlacedClause extends Pick<AskedQuery, "source"> {
  readonly clause: Clause;
}

/** Every clause of every query of every search, including those inside combinations, each once for each place where it is asked. */
const placedClauses = ({ searches }: Subject): readonly PlacedClause[] => {
  const all = searches.flatMap(queriesOf).flatMap(({ query, source }): readonly PlacedClause[] => {
    const { must, mustNot, should } = query.plan;
    return [...must, ...mustNot, ...should].flatMap(withInner).map((clause) => ({ clause, source }));
  });
  return [
    ...new Map(all.map((one) => [JSON.stringify([one.clause, one.source.name, one.source.indices]), one])).values(),
  ];
};

const clausesOf = (subject: Subject): readonly Clause[] => [
  ...new Map(placedClauses(subject).map(({ clause }) => [JSON.stringify(clause), clause])).values(),
];

const withInner = (clause: Clause): readonly Clause[] =>
  clause.kind === "boolean" ? [...clause.must, ...clause.mustNot, ...clause.should].flatMap(withInner) : [clause];

/** A typing error in a top-level name matches nothing, for ever. */
export const checkFields: Check = (subject) => {
  const asked = placedClauses(subject).flatMap(({ clause, source }) =>
    "field" in clause ? [{ field: clause.field, source, text: describeClause(clause) }] : [],
  );
  const problems = [...asked, ...subject.searches.flatMap(fieldsOf)].flatMap(({ field, source, text }) => {
    const known = fieldOf({ source }, field, subject.scope);
    return known.kind === null ? [`${text}: ${noField(field, known.source)}`] : [];
  });
  return [...new Set(problems)];
};

/** The store refuses groups by text, and sums of what is no number. */
export const checkUnfit: Check = (subject) => {
  const problems = subject.searches.flatMap(fieldsOf).flatMap((asked) => {
    const { kind, isAssumed } = fieldOf(asked, asked.field, subject.scope);
    const reason = kind === null || isAssumed ? null : unfitness(asked, kind);
    return reason === null ? [] : [`${asked.text}: ${reason}`];
  });
  return [...new Set(problems)];
};

const NUMBERS = "only long and double are numbers. Declare it in definePack({ fields }).";

const unfitness = ({ field, measure }: AskedField, kind: FieldKind): string | null => {
  if (kind === "text") return `the store refuses it: ${field} is text, which has words and no value. Use a keyword.`;
  if (kind === "geo_point") return `the store refuses it: ${field} is a place on earth.`;
  if (measure === null || measure === "distinct" || kind === "long" || kind === "double") return null;
  if (kind === "date" && (measure === "min" || measure === "max")) return null;
  return `${field} is ${kind}, ${NUMBERS}`;
};

const noField = (field: string, source: string | null): string =>
  source === null
    ? `events have no field "${field}". Did you mean details.${field}? Name a field of your own in definePack({ fields }).`
    : `the events of the source ${source} have no field "${field}". Name a field of your own in the "fields" of the source.`;

export const checkMatches: Check = (subject) =>
  placedClauses(subject).flatMap(({ clause, source }) => {
    const reason = impossibility(clause, { source }, subject.scope);
    return reason === null ? [] : [`${describeClause(clause)} ${reason}`];
  });

const impossibility = (clause: Clause, search: Pick<AskedQuery, "source">, scope: FieldScope): string | null => {
  if (!("field" in clause)) return null;
  const kind = fieldOf(search, clause.field, scope).kind ?? "keyword";
  return withoutOrder(clause, kind) ?? withoutCase(clause, kind) ?? BY_KIND[kind](clause);
};

const NUMERIC: ReadonlySet<FieldKind> = new Set(["date", "long", "double"]);

/** A declared kind is known here, not where the clause is made. */
const withoutOrder = (clause: FieldClause, kind: FieldKind): string | null => {
  const bounds =
    clause.kind === "range"
      ? [clause.gt, clause.gte, clause.lt, clause.lte]
      : clause.kind === "lessThan"
        ? [clause.value]
        : [];
  return NUMERIC.has(kind) || !bounds.some((bound) => typeof bound === "number")
    ? null
    : `compares a number with ${clause.field}, which is ${kind}. Only long, double and date have the order of numbers.`;
};

const withoutCase = (clause: FieldClause, kind: FieldKind): string | null =>
  clause.kind === "term" && clause.ignoreCase === true && kind !== "keyword"
    ? `ignores the case of ${clause.field}, which is ${kind}. Only a keyword has a case that counts.`
    : null;

/** Clauses that compare with a pattern, which only words and keywords can be. */
type PatternClause = Extract<FieldClause, { kind: "wildcard" | "prefix" | "regexp" }>;

const isPattern = (clause: FieldClause): clause is PatternClause =>
  clause.kind === "wildcard" || clause.kind === "prefix" || clause.kind === "regexp";

/** The characters that every match has, as far as that can be told at a glance. */
const literalOf = (clause: PatternClause): string => {
  if (clause.kind === "wildcard") return clause.pattern;
  if (clause.kind === "prefix") return clause.text;
  // With a choice in it, an expression may match without its upper case.
  return /[|[?*{~<&@#]/.test(clause.pattern) ? "" : clause.pattern.replace(/\\[a-z]/gi, "");
};

const onText = (clause: FieldClause): string | null => {
  if (clause.kind === "terms") {
    const wrong = clause.values.filter((value) => !isWord(value));
    return wrong.length === 0
      ? null
      : `can never match ${wrong.map((value) => JSON.stringify(value)).join(", ")}: values are compared with single words in lower case. Use any(PhraseMatch(...), ...).`;
  }
  if (isPattern(clause) && (clause.ignoreCase === true ? /\s/ : /\s|\p{Lu}/u).test(literalOf(clause)))
    return "can never match: patterns are compared with single words in lower case.";
  if ((clause.kind === "term" || clause.kind === "phrase") && !/[\p{L}\p{N}]/u.test(String(clause.value)))
    return "can never match: its value has no word.";
  return null;
};

const isWord = (value: Scalar): boolean => typeof value !== "string" || /^[^\s\p{Lu}/@()[\]]+$/u.test(value);

const onAddress = (clause: FieldClause): string | null => {
  if (isPattern(clause)) return `is refused by the store: ${clause.field} is an address. Use SubnetMatch.`;
  const values =
    clause.kind === "terms" ? clause.values : clause.kind === "term" || clause.kind === "phrase" ? [clause.value] : [];
  const wrong = values.filter((value) => !isAddressOrNetwork(String(value)));
  return wrong.length === 0 ? null : `is refused by the store: ${wrong.map(String).join(", ")} is not an address.`;
};

const isAddressOrNetwork = (text: string): boolean => {
  const [address = ""] = text.split("/");
  return isAddress(address) && (!text.includes("/") || isInNetwork(address, text));
};

const onBoolean = (clause: FieldClause): string | null => {
  if (isPattern(clause)) return `is refused by the store: ${clause.field} is true or false.`;
  const values =
    clause.kind === "terms" ? clause.values : clause.kind === "term" || clause.kind === "phrase" ? [clause.value] : [];
  const wrong = values.filter((value) => !["true", "false"].includes(String(value)));
  return wrong.length === 0 ? null : `is refused by the store: ${clause.field} is true or false.`;
};

const onNumber = (clause: FieldClause): string | null => {
  if (isPattern(clause)) return `is refused by the store: ${clause.field} is a number.`;
  if (clause.kind === "subnet") return `can never match: ${clause.field} is a number. Use a field of kind ip.`;
  const values =
    clause.kind === "terms" ? clause.values : clause.kind === "term" || clause.kind === "phrase" ? [clause.value] : [];
  const wrong = values.filter((value) => String(value).trim() === "" || Number.isNaN(Number(value)));
  return wrong.length === 0
    ? null
    : `is refused by the store: ${clause.field} is a number, ${wrong.map((value) => JSON.stringify(value)).join(", ")} is not.`;
};

/** Longer values are kept and not indexed. */
const LONGEST_KEYWORD = 8_191;

const onKeyword = (clause: FieldClause): string | null => {
  if (clause.kind === "subnet") return `can never match: ${clause.field} is compared as text. Use a field of kind ip.`;
  const values =
    clause.kind === "terms" ? clause.values : clause.kind === "term" || clause.kind === "phrase" ? [clause.value] : [];
  return values.length > 0 && values.every((value) => String(value).length > LONGEST_KEYWORD)
    ? `can never match: of a longer value the first ${LONGEST_KEYWORD.toLocaleString("en")} characters are searched. Ask for these.`
    : null;
};

const BY_KIND: Readonly<Record<FieldKind, (clause: FieldClause) => string | null>> = {
  text: onText,
  ip: onAddress,
  boolean: onBoolean,
  geo_point: (clause) =>
    clause.kind === "exists"
      ? null
      : `can never match: ${clause.field} is a place on earth. Only ExistsMatch works on it.`,
  date: (clause) => (isPattern(clause) ? `is refused by the store: ${clause.field} is a date.` : null),
  keyword: onKeyword,
  long: onNumber,
  double: onNumber,
};

export const checkWildcards: Check = (subject) =>
  clausesOf(subject).flatMap((clause) => {
    const isLeading =
      (clause.kind === "wildcard" && /^[*?]/.test(clause.pattern)) ||
      (clause.kind === "regexp" && /^(?:\.[*+?{]|@)/.test(clause.pattern)) ||
      (clause.kind === "queryString" && /(?:^|[\s:(])[*?][^\s:)]/.test(clause.query));
    return isLeading
      ? [`${describeClause(clause)} starts with a wildcard: every value has to be looked at. Put something before it.`]
      : [];
  });

/** In paths of Windows a backslash is meant as it stands. */
export const checkEscapes: Check = (subject) =>
  clausesOf(subject).flatMap((clause) =>
    clause.kind === "wildcard" && /(?:^|[^\\])(?:\\\\)*\\(?![*?\\])/.test(clause.pattern)
      ? [
          `${describeClause(clause)} has a backslash that only takes the meaning from the next character, so values with a backslash do not fit. Write two for one: String.raw\`C:\\\\Windows\\\\*\`.`,
        ]
      : [],
  );

/** What people write and Lucene reads differently. */
const MISREAD: readonly (readonly [pattern: RegExp, reason: string])[] = [
  [/(?:^|\s)(?:and|or|not)(?:\s|$)/, "and, or, not in lower case are words to look for. Write them in upper case."],
  [
    /[^\s\\]:\s*[^\s"()[\]{}]+\s+(?!AND\b|OR\b|NOT\b|&&|\|\|)[^\s:"()]+(?:\s|$)/,
    "a field binds only the next word. Put the words in parentheses or quotes.",
  ],
  [/(?:^|[\s:(])(?:\d{1,3}\.){3}\d{1,3}\/\d/, "a slash starts a regular expression. Escape it or quote the network."],
  [/(?:^|[^\\])[<>](?!=)/, "< and > are ranges. Use RangeMatch or LessThanMatch."],
];

export const checkQueryStrings: Check = (subject) =>
  clausesOf(subject).flatMap((clause) => {
    if (clause.kind !== "queryString") return [];
    const query = withoutQuoted(clause.query);
    const found = MISREAD.find(([pattern]) => pattern.test(query));
    const isUnbalanced = countOf(query, "(") !== countOf(query, ")") || query.includes('"');
    const reason = isUnbalanced ? "parentheses or quotes are not closed." : found?.[1];
    return reason === undefined ? [] : [`${describeClause(clause)}: ${reason}`];
  });

/** Nothing is special inside quotes or after a backslash. */
const withoutQuoted = (query: string): string => query.replace(/\\./g, "x").replace(/"[^"]*"/g, "(x)");

const countOf = (text: string, character: string): number => text.split(character).length - 1;
