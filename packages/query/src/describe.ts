import type { Clause } from "./clauses.ts";

/** A clause in the words of the DSL, for messages: `PhraseMatch("summary", "failed")`. */
export const describeClause = (clause: Clause): string => {
  switch (clause.kind) {
    case "term":
      return call("TermMatch", clause.field, clause.value);
    case "terms":
      return call("TermsMatch", clause.field, clause.values);
    case "phrase":
      return call("PhraseMatch", clause.field, clause.value);
    case "exists":
      return call("ExistsMatch", clause.field);
    case "wildcard":
      return call("WildcardMatch", clause.field, clause.pattern);
    case "queryString":
      return call("QueryStringMatch", clause.query);
    case "lessThan":
      return call("LessThanMatch", clause.field, clause.value);
    case "range":
      return call("RangeMatch", clause.field, clause.from, clause.to);
    case "subnet":
      return call("SubnetMatch", clause.field, clause.cidr);
    case "boolean":
      return `BooleanMatch({ ${(["must", "mustNot", "should"] as const)
        .filter((part) => clause[part].length > 0)
        .map((part) => `${part}: [${clause[part].map(describeClause).join(", ")}]`)
        .join(", ")} })`;
  }
};

const call = (name: string, ...values: readonly unknown[]): string =>
  `${name}(${values.map((value) => JSON.stringify(value)).join(", ")})`;
