import type { Answers } from "../answers.ts";
import type { ProposedClause } from "../event/propose-clauses.ts";

/** The clauses of the alert. The category comes first; a field that makes the groups, or tells the events apart, is not a clause. */
export const clausesOf = ({ category, field, contrast, sample }: Answers): readonly ProposedClause[] => [
  ...(category === null
    ? []
    : [
        {
          match: "TermMatch",
          field: "category",
          value: category,
          otherValue: category === "bad" ? "other" : "bad",
        } as const,
      ]),
  ...(sample?.clauses ?? []).filter((clause) => clause.field !== field?.name && clause.field !== contrast?.field),
];

/** `TermMatch("category", "syslog")`. */
export const clauseCode = ({ match, field, value }: ProposedClause): string =>
  `${match}(${JSON.stringify(field)}, ${JSON.stringify(value)})`;

/** For people who read the README of the alert. */
export const clauseText = ({ match, field, value }: ProposedClause): string =>
  `\`${field}\` ${match === "PhraseMatch" ? "has the words" : "is"} \`${String(value)}\``;

/** `{ details: { program: "other" } }` for `details.program`. */
export const eventWith = (field: string, value: unknown): Readonly<Record<string, unknown>> =>
  field.split(".").reduceRight<unknown>((inner, part) => ({ [part]: inner }), value) as Readonly<
    Record<string, unknown>
  >;
