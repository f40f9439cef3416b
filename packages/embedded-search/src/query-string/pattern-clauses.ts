import { lowerCase } from "../analysis/lower-case.ts";
import { AutomatonError } from "../automaton/automaton-error.ts";
import { compileRegexp } from "../automaton/regexp.ts";
import { compileWildcard, normalizeWildcard } from "../automaton/wildcard.ts";
import { ValueError } from "../errors/value-error.ts";
import type { FieldView } from "../mapping/fields-view.ts";
import { editsFor } from "../recipe/fuzziness.ts";
import { MATCH_ALL, MATCH_NONE, type Query } from "../recipe/query.ts";
import { anyOf } from "./combine.ts";
import { type Built, type BuiltClause, type Expansion, whole } from "./expansion.ts";
import type { FuzzyNode, PrefixNode, RegexpNode, WildcardNode } from "./query-ast.ts";
import { QuerySyntaxError } from "./query-syntax-error.ts";
import { existsQuery, termsOf } from "./text-clauses.ts";

/** Longest regular expression, in UTF-16 units. Elasticsearch's `index.max_regex_length`. */
const MAX_REGEXP_LENGTH = 1000;

const isString = (view: FieldView): boolean => view.type === "text" || view.type === "keyword";

/** The name of an index answers patterns, too. */
const takesPatterns = (view: FieldView): boolean => isString(view) || view.name === "_index";

/** Terms of a standard text field are lower case, so patterns for them are lower-cased, too. */
const normalizer = (view: FieldView) => (text: string) =>
  view.type === "text" && view.analyzer === "standard" ? lowerCase(text) : text;

/** With `lenient`, an invalid pattern matches nothing. */
const compiles = (compile: () => unknown): boolean => {
  try {
    compile();
    return true;
  } catch (error) {
    if (error instanceof AutomatonError) return false;
    throw error;
  }
};

const inEach = (
  expansion: Expansion,
  field: string | undefined,
  query: (view: FieldView) => Built | undefined,
): Built | undefined => {
  const targets = expansion.targets(field);
  if (targets.length === 0) return whole(MATCH_NONE);
  return anyOf(targets.map(({ view }) => query(view)).filter((built) => built !== undefined));
};

export const wildcardClause = (expansion: Expansion, node: WildcardNode): Built | undefined => {
  const name = expansion.named(node.field);
  if (node.pattern === "*" && name !== undefined) return whole(name === "*" ? MATCH_ALL : existsQuery(name));
  return inEach(expansion, node.field, (view) => whole(wildcardIn(expansion, view, node.pattern)));
};

const wildcardIn = (expansion: Expansion, view: FieldView, pattern: string): Query => {
  if (pattern === "*") return existsQuery(view.name);
  if (!expansion.options.allowLeadingWildcard && /^[*?]/.test(pattern))
    throw new QuerySyntaxError("parse_exception", "'*' or '?' not allowed as first character in WildcardQuery");
  const normalized = normalizeWildcard(pattern, normalizer(view));
  const forgiven = expansion.lenient && (!takesPatterns(view) || !compiles(() => compileWildcard(normalized)));
  if (forgiven) return MATCH_NONE;
  return { kind: "wildcard", field: view.name, pattern: normalized, caseInsensitive: false, boost: 1 };
};

const prefixQuery = (field: string, value: string): Query => ({
  kind: "prefix",
  field,
  value,
  caseInsensitive: false,
  boost: 1,
});

export const prefixClause = (expansion: Expansion, node: PrefixNode): Built | undefined =>
  inEach(expansion, node.field, (view) => prefixIn(expansion, view, node.text));

/** As {@link prefixClause}; what is analyzed is no mistake in fields that have no text, and is not found in them. */
export const simplePrefixClause = (expansion: Expansion, node: PrefixNode): Built | undefined =>
  inEach(expansion, node.field, (view) =>
    expansion.options.analyzeWildcard && !isString(view) ? whole(MATCH_NONE) : prefixIn(expansion, view, node.text),
  );

const prefixIn = (expansion: Expansion, view: FieldView, text: string): Built | undefined => {
  if (!view.searchable) return whole(MATCH_NONE);
  if (!takesPatterns(view)) return whole(expansion.lenient ? MATCH_NONE : prefixQuery(view.name, text));
  if (view.type === "text" && expansion.options.analyzeWildcard) return analyzedPrefix(expansion, view, text);
  return whole(prefixQuery(view.name, normalizer(view)(text)));
};

/** With `analyze_wildcard`: the last term is a prefix, those before it are whole. */
const analyzedPrefix = (expansion: Expansion, view: FieldView, text: string): Built | undefined => {
  const terms = termsOf(view, text);
  const last = terms.pop();
  if (last === undefined) return undefined;
  const prefix = whole(prefixQuery(view.name, last));
  if (terms.length === 0) return prefix;
  const occurrence = expansion.options.defaultOperator === "and" ? "must" : "should";
  const before = terms.map((value) =>
    whole({ kind: "term", field: view.name, value, caseInsensitive: false, boost: 1 }),
  );
  return { kind: "bool", clauses: [...before, prefix].map((built): BuiltClause => ({ occurrence, built })) };
};

export const regexpClause = (expansion: Expansion, node: RegexpNode): Built | undefined => {
  if (node.pattern.length > MAX_REGEXP_LENGTH)
    throw new ValueError(
      `The length of regex [${node.pattern.length}] used in the [query_string] has exceeded the allowed maximum of ` +
        `[${MAX_REGEXP_LENGTH}]. This maximum can be set by changing the [index.max_regex_length] index level setting.`,
    );
  return inEach(expansion, node.field, (view) => whole(regexpIn(expansion, view, node.pattern)));
};

const regexpIn = (expansion: Expansion, view: FieldView, pattern: string): Query => {
  const forgiven = expansion.lenient && (!isString(view) || !compiles(() => compileRegexp(pattern)));
  if (forgiven) return MATCH_NONE;
  return { kind: "regexp", field: view.name, pattern, flags: "ALL", caseInsensitive: false, boost: 1 };
};

export const fuzzyClause = (expansion: Expansion, node: FuzzyNode): Built | undefined => {
  const edits = editsFor(node.fuzziness ?? expansion.options.fuzziness, node.text);
  return inEach(expansion, node.field, (view) => whole(fuzzyIn(expansion, view, node.text, edits)));
};

const fuzzyIn = (expansion: Expansion, view: FieldView, text: string, edits: 0 | 1 | 2): Query => {
  const { options, lenient } = expansion;
  const isPossible = isString(view) && options.fuzzyPrefixLength >= 0 && options.fuzzyMaxExpansions > 0;
  if (!view.searchable || (lenient && !isPossible)) return MATCH_NONE;
  return {
    kind: "fuzzy",
    field: view.name,
    value: normalizer(view)(text),
    fuzziness: { kind: "edits", edits },
    prefixLength: options.fuzzyPrefixLength,
    maxExpansions: options.fuzzyMaxExpansions,
    transpositions: options.fuzzyTranspositions,
    boost: 1,
  };
};
