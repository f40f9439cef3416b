import { ApiError, unsupported } from "../errors/api-error.ts";

/** One of the names of an expression. */
export interface ExpressionPart {
  /** A name, or a pattern with `*`. */
  readonly name: string;
  /** Takes away from what the parts before it stand for. */
  readonly excludes: boolean;
}

/**
 * Splits an expression at its commas; those at its end do not count, as Java splits.
 *
 * @throws {ApiError} 400 for a name that no index can have.
 */
export const expressionParts = (expression: string): readonly ExpressionPart[] => {
  if (isAll(expression)) return [{ name: "*", excludes: false }];
  return withoutLastCommas(expression).split(",").map(readPart);
};

/** Does it stand for all indices, whatever there is? */
export const isAll = (expression: string): boolean => {
  const names = withoutLastCommas(expression);
  return names === "" || names === "_all";
};

const withoutLastCommas = (expression: string): string => {
  let end = expression.length;
  while (end > 0 && expression[end - 1] === ",") end--;
  return expression.slice(0, end);
};

const readPart = (part: string): ExpressionPart => {
  if (part === "") throw invalidName(part, "expression cannot be empty");
  const excludes = part.startsWith("-");
  const name = withoutBrackets(excludes ? part.slice(1) : part);
  const remote = name.indexOf(":");
  if (remote >= 0) throw noRemote(name.slice(0, remote));
  if (name.startsWith("_")) throw invalidName(name, "must not start with '_'.");
  return { name, excludes };
};

/** Between `<` and `>` a name may have dates in it. */
const withoutBrackets = (name: string): string => {
  if (!name.startsWith("<") || !name.endsWith(">")) return name;
  const inner = name.slice(1, -1);
  if (inner === "") throw new ApiError(400, { type: "parse_exception", reason: "nothing captured" });
  if (/[{}\\]/.test(inner)) throw unsupported(`Date math in the name of an index, [${name}],`);
  return inner;
};

export const invalidName = (name: string, fault: string): ApiError =>
  new ApiError(400, {
    type: "invalid_index_name_exception",
    reason: `Invalid index name [${name}], ${fault}`,
    details: { index_uuid: "_na_", index: name },
  });

const noRemote = (name: string): ApiError =>
  new ApiError(404, { type: "no_such_remote_cluster_exception", reason: `no such remote cluster: [${name}]` });
