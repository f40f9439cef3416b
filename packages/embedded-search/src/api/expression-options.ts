import type { ExpressionOptions } from "../cluster/index-expression.ts";
import { illegalArgument } from "../errors/api-error.ts";
import type { Parameters } from "../http/parameters.ts";

/** Reads `ignore_unavailable`, `allow_no_indices` and `expand_wildcards`. */
export const expressionOptions = (parameters: Parameters): ExpressionOptions => {
  const expand = parameters.text("expand_wildcards") ?? "open";
  const kinds = expand.split(",");
  const unknown = kinds.find((kind) => !["open", "closed", "hidden", "none", "all"].includes(kind));
  if (unknown !== undefined) throw illegalArgument(`No valid expand wildcard value [${unknown}]`);
  parameters.skip("ignore_throttled");
  return {
    ignoreUnavailable: parameters.flag("ignore_unavailable", false),
    allowNoIndices: parameters.flag("allow_no_indices", true),
    expandWildcards: kinds.includes("open") || kinds.includes("all"),
  };
};
