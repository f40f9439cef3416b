import { indexNotFound } from "../errors/api-error.ts";
import { matchesSimplePattern } from "../text/simple-pattern.ts";

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
  /** False: patterns are treated as names. */
  readonly expandWildcards: boolean;
}

/** An index, and the alias it was reached by when it was not named itself. */
export interface Resolved {
  readonly index: string;
  /** undefined = also reached by its own name, so no alias filter applies. */
  readonly aliases: readonly string[] | undefined;
}

/**
 * Reads comma-separated names, aliases, patterns, `-pattern` after a pattern, and `_all`.
 *
 * @throws {ApiError} 404 `index_not_found_exception`.
 */
export const resolveExpression = (
  expression: string,
  names: IndexNames,
  options: ExpressionOptions,
): readonly Resolved[] => {
  const found = new Map<string, Set<string> | undefined>();
  let sawPattern = false;
  for (const part of partsOf(expression)) {
    const excludes = sawPattern && part.startsWith("-");
    const pattern = excludes ? part.slice(1) : part;
    if (pattern.includes("*") && options.expandWildcards) sawPattern = true;
    const matches = matchesOf(pattern, names, options);
    checkFound(part, pattern, matches, names, options, excludes);
    for (const [index, alias] of matches)
      if (excludes) found.delete(index);
      else addFound(found, index, alias);
  }
  if (found.size === 0 && !options.allowNoIndices) throw indexNotFound(expression);
  return [...found]
    .map(([index, aliases]) => ({ index, aliases: aliases && [...aliases] }))
    .sort((a, b) => (a.index < b.index ? -1 : 1));
};

const partsOf = (expression: string): readonly string[] =>
  expression === "" || expression === "_all" ? ["*"] : expression.split(",").filter((part) => part !== "");

type Match = readonly [index: string, alias: string | undefined];

const matchesOf = (pattern: string, { indices, aliases }: IndexNames, options: ExpressionOptions): readonly Match[] => {
  const fits = (name: string): boolean =>
    pattern.includes("*") && options.expandWildcards ? matchesSimplePattern(pattern, name) : name === pattern;
  const found: Match[] = [];
  for (const index of indices) if (fits(index)) found.push([index, undefined]);
  for (const [alias, targets] of aliases) if (fits(alias)) for (const index of targets) found.push([index, alias]);
  return found;
};

/** An index named directly is searched whole, even if an alias names it too. */
const addFound = (found: Map<string, Set<string> | undefined>, index: string, alias: string | undefined): void => {
  const known = found.get(index);
  if (alias === undefined) found.set(index, undefined);
  else if (known) known.add(alias);
  else if (!found.has(index)) found.set(index, new Set([alias]));
};

const checkFound = (
  part: string,
  pattern: string,
  matches: readonly Match[],
  names: IndexNames,
  options: ExpressionOptions,
  excludes: boolean,
): void => {
  if (matches.length > 0 || names.aliases.has(pattern)) return;
  const isPattern = pattern.includes("*") && options.expandWildcards;
  if (isPattern ? !options.allowNoIndices && !excludes : !options.ignoreUnavailable)
    throw indexNotFound(excludes ? pattern : part);
};
