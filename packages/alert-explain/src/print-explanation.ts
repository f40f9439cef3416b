import { describeSpan } from "./describe-span.ts";
import type {
  ClauseExplanation,
  Explanation,
  GroupExplanation,
  GroupsExplanation,
  QueryExplanation,
  SearchExplanation,
} from "./explanation/explanation.ts";

/** How marks are shown; a terminal may colour them. */
export interface Marks {
  readonly pass: string;
  readonly fail: string;
}

const PLAIN: Marks = { pass: "PASS", fail: "FAIL" };

/** An explanation as a tree for people. */
export const printExplanation = ({ alert, now, searches }: Explanation, marks: Marks = PLAIN): string =>
  [
    `${alert} at ${now}`,
    ...searches.flatMap((search) => ["", ...printSearch(search, marks)]),
    ...(searches.length === 0 ? ["  main returned no search: nothing is looked for."] : []),
  ].join("\n");

const printSearch = (search: SearchExplanation, marks: Marks): readonly string[] => {
  const { label, further, groups, silence } = search;
  return [
    `${search.name}: ${search.looksFor}${label === "" ? spanOf(search) : ""}, in ${search.indices.join(", ")}`,
    ...(label === "" ? [] : [titleOf(search)]),
    `  ${lookedAt(search)}${already(search)}`,
    ...printClauses(search, marks),
    ...further.flatMap((query) => [titleOf(query), `  ${lookedAt(query)}`, ...printClauses(query, marks)]),
    ...(groups === null ? [] : printGroups(groups)),
    ...printLife(search),
    `  => ${silence === null ? "fires" : `silent: ${silence}`}`,
  ];
};

/** What becomes of an alert that is found again, and of one that is not. */
const printLife = ({ quietMs, resolveMs }: SearchExplanation): readonly string[] => {
  if (quietMs === null) return [];
  const end =
    resolveMs === null
      ? ""
      : resolveMs === 0
        ? "; it is resolved once events are back"
        : `; it is resolved once it was not found again for ${describeSpan(resolveMs)}`;
  return [`  an alert speaks for its group for ${describeSpan(quietMs)}${end}`];
};

const titleOf = (query: QueryExplanation): string =>
  `  ${query.label}${spanOf(query)}, in ${query.indices.join(", ")}:`;

const lookedAt = ({ looked, matching }: QueryExplanation): string =>
  `${looked} ${looked === 1 ? "event" : "events"} looked at, ${matching} ${matching === 1 ? "fits" : "fit"}`;

const already = ({ alreadyAlerted }: SearchExplanation): string =>
  alreadyAlerted === 0 ? "" : `, ${alreadyAlerted} more had alerted already`;

const spanOf = ({ window }: QueryExplanation): string =>
  window === null ? "" : `, last ${describeSpan(Date.parse(window.to) - Date.parse(window.from))}`;

const printClauses = ({ looked, clauses }: QueryExplanation, marks: Marks): readonly string[] =>
  looked === 0 ? [] : clauses.flatMap((clause) => printClause(clause, looked, marks, "  "));

const printClause = (
  { part, text, passes, losesAlone, reason, inner }: ClauseExplanation,
  looked: number,
  marks: Marks,
  indent: string,
): readonly string[] => {
  const isSingle = looked <= 1;
  const count = isSingle ? "" : ` ${passes}/${looked}`;
  const alone = !isSingle && losesAlone > 0 ? `  (keeps ${losesAlone} out by itself)` : "";
  return [
    `${indent}${passes > 0 ? marks.pass : marks.fail}${count} ${part === "runtime" ? "(added) " : ""}${text}${alone}`,
    ...(reason === null ? [] : [`${indent}     ${reason}`]),
    ...inner.flatMap((clause) => printClause(clause, looked, marks, `${indent}  `)),
  ];
};

const printGroups = ({ fields, firing, nearest }: GroupsExplanation): readonly string[] => {
  const [only] = nearest;
  if (fields.length === 0 && only?.value === "") return printGroup(only, "  all events");
  const more = firing - nearest.filter(({ fires }) => fires).length;
  return [
    `  groups${fields.length === 0 ? "" : ` by ${fields.join(", ")}`}${nearest.length === 0 ? ": none" : ""}`,
    ...nearest.flatMap((group) => printGroup(group, `    ${JSON.stringify(group.value)}`)),
    ...(more > 0 ? [`    ${more} more that fire`] : []),
  ];
};

const printGroup = ({ text, fires, lost }: GroupExplanation, title: string): readonly string[] => [
  `${title}: ${text}${fires ? ", fires" : ""}`,
  ...lost.map((one) => `      ${one.count} more without: ${one.clause}`),
];
