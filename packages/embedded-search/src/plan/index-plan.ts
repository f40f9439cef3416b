import { ApiError } from "../errors/api-error.ts";
import type { Query } from "../recipe/query.ts";
import { javaText } from "../values/java-number.ts";
import { matchesSimplePattern } from "../text/simple-pattern.ts";
import type { PlanContext } from "./plan.ts";

/** The field that names the index of a document. Every document of an index has the same value, so it is compared only once. */
export const INDEX_FIELD = "_index";

/** Is the index called this, or reached by an alias called this? `*` stands for any text. */
const isNamed = (pattern: string, { names }: PlanContext): boolean => {
  if (pattern === "")
    throw new ApiError(400, {
      type: "invalid_index_name_exception",
      reason: "Invalid index name [], expression cannot be empty",
      details: { index_uuid: "_na_", index: "" },
    });
  return names.some((name) => matchesSimplePattern(pattern, name));
};

/** Names of indices are lower case, so it is enough to fold what is asked for. */
const folded = (text: string, caseInsensitive: boolean): string => (caseInsensitive ? text.toLowerCase() : text);

/** Does a query of the name of the index match all of its documents, or none? undefined = it does not ask for the name. */
export const matchesIndex = (query: Query, context: PlanContext): boolean | undefined => {
  if (!("field" in query) || query.field !== INDEX_FIELD) return undefined;
  switch (query.kind) {
    case "term":
      return isNamed(folded(javaText(query.value), query.caseInsensitive), context);
    case "terms":
      return query.values.some((value) => isNamed(javaText(value), context));
    case "match":
      return query.fuzziness === undefined ? isNamed(javaText(query.value), context) : undefined;
    case "match_phrase":
      return isNamed(javaText(query.value), context);
    case "prefix":
      return isNamed(`${folded(query.value, query.caseInsensitive)}*`, context);
    case "wildcard":
      return isNamed(folded(query.pattern, query.caseInsensitive), context);
    default:
      return undefined;
  }
};
