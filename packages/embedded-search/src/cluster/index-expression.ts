import { ApiError, indexNotFound } from "../errors/api-error.ts";
import { matchesSimplePattern } from "../text/simple-pattern.ts";
import { type ExpressionPart, expressionParts, isAll } from "./expression-parts.ts";

/** What an index expression is resolved against. */
export interface IndexNames {
  readonly indices: readonly string[];
  /** Names of the indices of each alias. */
  readonly aliases: ReadonlyMap<string, readonly string[]>;
}

/** What to do about missing names. */
export interface ExpressionOptions {
  /** Skip concrete names that do not exist. Default: 404. */
  readonly ignoreUnavailable: boolean;
  /** A pattern may match nothing. Default true. */
  readonly allowNoIndices: boolean;
  /** What patterns stand for: open indices, others (there are none here), or only themselves. */
  readonly expand: Expand;
}

/** What patterns stand for. */
export type Expand = "open" | "others" | "nothing";

/** An index, and the alias it was reached by when it was not named itself. */
export interface Resolved {
  readonly index: string;
  /** undefined = also reached by its own name, so no alias filter applies. */
  readonly aliases: readonly string[] | undefined;
}

/**
 * Reads comma-separated names, aliases, patterns, `-name` and `-pattern`, and `_all`.
 *
 * @throws {ApiError} 404 `index_not_found_exception`, 400 for a name that no index can have.
 */
export const resolveExpression = (
  expression: string,
  names: IndexNames,
  options: ExpressionOptions,
): readonly Resolved[] => {
  if (isAll(expression) && options.expand === "nothing") return [];
  const parts = expressionParts(expression);
  for (const part of parts) checkFound(part, names, options);
  // A pattern stands for indices, a name for itself: only `-name` takes an alias away again.
  const named = collect(parts, options, (pattern) => indicesOf(pattern, names));
  const asked = collect(parts, options, (pattern) => namesOf(pattern, names));
  const found = new Set([...named].flatMap((name) => names.aliases.get(name) ?? name));
  const indices = names.indices.filter((index) => found.has(index));
  if (indices.length === 0 && !options.allowNoIndices) throw nothingLeft(expression);
  return indices
    .map((index) => ({ index, aliases: aliasesOf(index, asked, names) }))
    .sort((a, b) => (a.index < b.index ? -1 : 1));
};

/** Every part stands for something, but nothing is left of it. */
const nothingLeft = (expression: string): ApiError => {
  const parts = expression.split(",");
  if (parts.length < 2) return indexNotFound(expression);
  return new ApiError(404, {
    type: "index_not_found_exception",
    reason: "no such index [null]",
    details: { "resource.type": "index_expression", "resource.id": parts },
  });
};

const isPattern = ({ name }: ExpressionPart, options: ExpressionOptions): boolean =>
  name.includes("*") && options.expand !== "nothing";

const collect = (
  parts: readonly ExpressionPart[],
  options: ExpressionOptions,
  expand: (pattern: string) => readonly string[],
): ReadonlySet<string> => {
  const found = new Set<string>();
  for (const part of parts)
    for (const name of isPattern(part, options) ? open(expand(part.name), options) : [part.name])
      if (part.excludes) found.delete(name);
      else found.add(name);
  return found;
};

const open = (names: readonly string[], { expand }: ExpressionOptions): readonly string[] =>
  expand === "open" ? names : [];

/** The names that a pattern fits, of indices and of aliases. */
const namesOf = (pattern: string, { indices, aliases }: IndexNames): readonly string[] =>
  [...indices, ...aliases.keys()].filter((name) => matchesSimplePattern(pattern, name));

const indicesOf = (pattern: string, names: IndexNames): readonly string[] =>
  namesOf(pattern, names).flatMap((name) => names.aliases.get(name) ?? name);

/** undefined = the index is searched whole: it was asked for by name, or by nothing that is an alias. */
const aliasesOf = (
  index: string,
  asked: ReadonlySet<string>,
  { aliases }: IndexNames,
): readonly string[] | undefined => {
  if (asked.has(index)) return undefined;
  const own = [...asked].filter((name) => aliases.get(name)?.includes(index) === true);
  return own.length === 0 ? undefined : own;
};

/** What is taken away need not be there. */
const checkFound = (part: ExpressionPart, names: IndexNames, options: ExpressionOptions): void => {
  const { name, excludes } = part;
  if (isPattern(part, options)) {
    if (!options.allowNoIndices && open(namesOf(name, names), options).length === 0) throw indexNotFound(name);
    return;
  }
  if (excludes || options.ignoreUnavailable || names.aliases.has(name) || names.indices.includes(name)) return;
  throw indexNotFound(name);
};
