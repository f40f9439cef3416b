import { type AlertKind, type Answers, DEFAULT_CATEGORY } from "../answers.ts";
import type { ProposedClause } from "../event/propose-clauses.ts";
import { clauseCode, clausesOf, clauseText, eventWith } from "./clauses.ts";
import { fieldValues, withValue } from "./field-values.ts";
import { fill, type Replacement } from "./fill.ts";
import { Code, literal } from "./literal.ts";

/** The files of one alert. */
export interface AlertFiles {
  readonly code: string;
  readonly test: string;
  readonly readme: string;
}

/** The files of an alert, and what its `about` says of it, for tables. */
export interface MadeFiles extends AlertFiles {
  readonly description: string;
}

/** The same three as they lie in `templates/alert/<kind>`. */
export type AlertTemplates = Readonly<Record<AlertKind, AlertFiles>>;

/** The alert, its test and its README, as the answers want them. */
export const alertFiles = (answers: Answers, templates: AlertTemplates): MadeFiles => {
  const template = templates[answers.kind];
  const words = wordsOf(answers);
  const code = fill(template.code, words, codeReplacements(answers));
  return {
    code,
    description: /^ {4}description: "(.*)",$/m.exec(code)?.[1] ?? answers.name.title,
    test: fill(template.test, words, testReplacements(answers)),
    readme: fill(template.readme, words, [
      ["`category` is `helloworld`", clausesOf(answers).map(clauseText).join(", ")],
    ]),
  };
};

const wordsOf = (answers: Answers): readonly Replacement[] => {
  const { name, field } = answers;
  const [first, second] = field === null ? ["", ""] : fieldValues(field, answers.sample).map(textInCode);
  return [
    ["AlertHelloWorld", name.className],
    ["alert-hello-world", name.fileName],
    ["Hello world", name.title],
    ["helloworld", answers.category ?? name.words.join("")],
    ['["hello"]', literal([tagOf(answers)])],
    ["`hello`", `\`${tagOf(answers)}\``],
    ["details.sourceipaddress", field?.name ?? ""],
    ["192.0.2.7", first ?? ""],
    ["192.0.2.8", second ?? ""],
    ...contrastWords(answers),
    ["Something happened", textInCode(answers.sample?.summary ?? "Something happened")],
  ];
};

/** The field that tells events apart, and its values, in code and in sentences. */
const contrastWords = ({ contrast, field, sample }: Answers): readonly Replacement[] => {
  if (contrast === null || field === null) return [];
  const then = eventWith(contrast.field, contrast.second);
  const withGroup = (value: Parameters<typeof withValue>[2] | null): string =>
    literal(withValue(then, field.name.split("."), value));
  return [
    ['{ details: { status: "success", sourceipaddress: null } }', withGroup(null)],
    ['{ details: { status: "success", sourceipaddress: "192.0.2.8" } }', withGroup(fieldValues(field, sample)[1])],
    ['{ details: { status: "success" } }', literal(then)],
    ['{ details: { status: "neither" } }', literal(eventWith(contrast.field, "neither"))],
    ["details.status", contrast.field],
    ['"failure"', literal(contrast.first)],
    ['"success"', literal(contrast.second)],
  ];
};

/** One word by which alerts of a kind are found: the category of the events, when that is a word, else the first of the name. */
const tagOf = ({ name, category }: Answers): string => {
  const words = [...(category === DEFAULT_CATEGORY ? [] : [category?.toLowerCase() ?? ""]), ...name.words];
  return words.find((word) => /^[a-z][a-z0-9_]*$/.test(word)) ?? "alert";
};

/** As it stands between quotes. */
const textInCode = (value: string | number | boolean): string => JSON.stringify(String(value)).slice(1, -1);

const codeReplacements = (answers: Answers): readonly Replacement[] => {
  const clauses = clausesOf(answers);
  const others = answers.contrast === null ? [] : (["TermMatch"] as const);
  const names = [...new Set(["SearchQuery", ...others, ...clauses.map(({ match }) => match)])].sort();
  return [
    ["{ SearchQuery, TermMatch }", `{ ${names.join(", ")} }`],
    ['.must(TermMatch("category", "helloworld"))', mustCode(clauses.map(clauseCode))],
  ];
};

const mustCode = (clauses: readonly string[]): string => {
  if (clauses.length === 0) return "";
  const flat = `.must(${clauses.join(", ")})`;
  // "const query = SearchQuery({ minutes: 20 })" and its indentation stand before it.
  return flat.length <= 72 ? flat : `.must(\n${clauses.map((clause) => `      ${clause},\n`).join("")}    )`;
};

const testReplacements = (answers: Answers): readonly Replacement[] => {
  const { kind, field } = answers;
  const others = clausesOf(answers).flatMap((clause) => otherCases(clause, answers).map((one) => literal(one, 2)));
  return [
    [EVENT_OF[kind], `event: ${literal(eventOf(answers), 1, "event: ".length)},`],
    [OTHER_OF[kind], others.map((text) => `${text},`).join("\n    ")],
    ...(field === null
      ? []
      : ([
          ["{ details: { sourceipaddress: null } }", literal(eventWith(field.name, null))],
          [
            '{ details: { sourceipaddress: "192.0.2.8" } }',
            literal(eventWith(field.name, fieldValues(field, answers.sample)[1])),
          ],
        ] as const)),
  ];
};

const EVENT_OF: Readonly<Record<AlertKind, string>> = {
  "each-event": 'event: { category: "helloworld", summary: "Something happened" },',
  aggregation: 'event: { category: "helloworld", details: { sourceipaddress: "192.0.2.7" } },',
  "new-term": 'event: { category: "helloworld", details: { sourceipaddress: "192.0.2.7" } },',
  spike: 'event: { category: "helloworld", details: { sourceipaddress: "192.0.2.7" } },',
  sequence: 'event: { category: "helloworld", details: { sourceipaddress: "192.0.2.7", status: "failure" } },',
  percentage: 'event: { category: "helloworld", details: { sourceipaddress: "192.0.2.7", status: "failure" } },',
  "no-event": 'event: { category: "helloworld" },',
};

const OTHER_OF: Readonly<Record<AlertKind, string>> = {
  "each-event": '{ name: "another category", events: repeat(10, { category: "bad" }) },',
  aggregation: '{ name: "another category", events: repeat(10, { category: "bad" }) },',
  "new-term": '{ name: "another category", events: repeat(10, { category: "bad" }) },',
  spike: '{ name: "another category", events: repeat(10, { category: "bad" }) },',
  sequence: `{
      name: "another category first",
      events: [at("-60s").every("1s", 5, { category: "bad" }), at("-30s").once(then)],
    },
    {
      name: "another category then",
      events: [at("-60s").every("1s", 5), at("-30s").once({ category: "bad", details: { status: "success" } })],
    },`,
  percentage: '{ name: "another category", events: repeat(10, { category: "bad" }) },',
  "no-event": `{
      name: "another category",
      events: [{ category: "bad" }],
      alert: { summary: "Hello world: no event for 20 minutes" },
    },`,
};

const eventOf = (answers: Answers): unknown => {
  const { contrast } = answers;
  const event = plainEventOf(answers);
  return contrast === null ? event : withValue(event, contrast.field.split("."), contrast.first);
};

const plainEventOf = ({ kind, category, field, sample }: Answers): unknown => {
  const start = {
    ...(category !== null && { category }),
    ...(kind === "each-event" && { summary: "Something happened" }),
    ...sample?.fields,
  };
  if (kind === "each-event" && sample !== null && sample.summary === null)
    return { ...start, summary: "Something happened" };
  return field === null ? start : withValue(start, field.name.split("."), fieldValues(field, sample)[0]);
};

/** Cases in which only this clause keeps the alert from finding events: silent, but for an alert on silence. */
const otherCases = (clause: ProposedClause, { kind, name, contrast }: Answers): readonly object[] => {
  const { field, value, otherValue } = clause;
  const title = field === "category" ? "another category" : `${field} other than ${String(value)}`;
  const other = field === "tags" ? [otherValue] : otherValue;
  const event = eventWith(field, other);
  if (kind === "sequence" && contrast !== null) {
    const then = withValue(event, contrast.field.split("."), contrast.second);
    const [first, second] = ['at("-60s").every("1s", 5', 'at("-30s").once('];
    return [
      { name: `${title} first`, events: new Code(`[${first}, ${literal(event)}), ${second}then)]`) },
      { name: `${title} then`, events: new Code(`[${first}), ${second}${literal(then)})]`) },
    ];
  }
  const events = MANY.has(kind) ? new Code(`repeat(10, ${literal(event)})`) : [event];
  return [
    {
      name: title,
      events,
      ...(kind === "no-event" && { alert: { summary: `${name.title}: no event for 20 minutes` } }),
    },
  ];
};

/** The kinds that ask for ten events. */
const MANY: ReadonlySet<AlertKind> = new Set<AlertKind>(["spike", "percentage"]);
