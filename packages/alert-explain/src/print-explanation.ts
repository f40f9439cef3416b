import { explainedKindOf } from "./kinds/kinds.ts";
import { describeSpan } from "./parts.ts";
import type { ClauseExplanation, Explanation, GroupExplanation, SearchExplanation } from "./explanation/explanation.ts";

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

const printSearch = (search: SearchExplanation, marks: Marks): readonly string[] => [
  `${search.name}: ${whatItDoes(search)} in ${search.indices.join(", ")}`,
  `  ${search.looked} ${search.looked === 1 ? "event" : "events"} looked at, ${search.matching} ${search.matching === 1 ? "fits" : "fit"}${already(search)}`,
  ...(search.looked === 0 ? [] : search.clauses.flatMap((clause) => printClause(clause, search.looked, marks, "  "))),
  ...(search.looked === 0 || search.aggregation === null ? [] : printGroups(search.aggregation)),
  `  => ${verdict(search)}`,
];

const already = ({ alreadyAlerted }: SearchExplanation): string =>
  alreadyAlerted === 0 ? "" : `, ${alreadyAlerted} more had alerted already`;

const whatItDoes = (search: SearchExplanation): string => {
  const { window } = search;
  const span = window === null ? "" : `, last ${describeSpan(Date.parse(window.to) - Date.parse(window.from))}`;
  return `${explainedKindOf(search).title(search)}${span},`;
};

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

const printGroups = ({
  field,
  threshold,
  groups,
}: NonNullable<SearchExplanation["aggregation"]>): readonly string[] => [
  `  groups by ${field}${groups.length === 0 ? ": none" : ""}`,
  ...groups.flatMap((group) => printGroup(group, threshold)),
];

const printGroup = ({ value, count, missing, lost }: GroupExplanation, threshold: number): readonly string[] => [
  `    ${JSON.stringify(value)}: ${count} of ${threshold}${missing === 0 ? ", fires" : `, ${missing} missing`}`,
  ...lost.map((one) => `      ${one.count} more without: ${one.clause}`),
];

const verdict = (search: SearchExplanation): string =>
  search.fires ? "fires" : `silent: ${explainedKindOf(search).silence(search)}`;
