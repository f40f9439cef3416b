import type { Expand, ExpressionOptions } from "../cluster/index-expression.ts";
import { illegalArgument } from "../errors/api-error.ts";
import type { Parameters } from "../http/parameters.ts";

/** Reads `ignore_unavailable`, `allow_no_indices` and `expand_wildcards`. */
export const expressionOptions = (parameters: Parameters): ExpressionOptions => {
  const expand = readExpand((parameters.text("expand_wildcards") ?? "open").split(","));
  parameters.skip("ignore_throttled");
  return {
    ignoreUnavailable: parameters.flag("ignore_unavailable", false),
    allowNoIndices: parameters.flag("allow_no_indices", true),
    expand,
  };
};

/** @throws {ApiError} 400 for a kind of indices that there is not. */
export const readExpand = (kinds: readonly string[]): Expand => {
  const found = new Set<string>();
  for (const kind of kinds) {
    if (!["", "open", "closed", "hidden", "none", "all"].includes(kind))
      throw illegalArgument(`No valid expand wildcard value [${kind}]`);
    if (kind === "none") found.clear();
    else found.add(kind);
  }
  if (found.has("open") || found.has("all")) return "open";
  return found.has("closed") ? "others" : "nothing";
};
