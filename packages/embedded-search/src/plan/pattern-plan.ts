import type { Matcher } from "../automaton/matcher.ts";
import { parseRegexpFlags, type RegexpFlags } from "../automaton/regexp-flags.ts";
import { compileRegexp } from "../automaton/regexp.ts";
import { compilePrefix, compileWildcard, normalizeWildcard } from "../automaton/wildcard.ts";
import { illegalArgument } from "../errors/api-error.ts";
import { ValueError } from "../errors/value-error.ts";
import { prefixedTest } from "../index/term-test.ts";
import { isString, type LeafField } from "../mapping/field.ts";
import type { PrefixQuery, RegexpQuery, WildcardQuery } from "../recipe/query.ts";
import { testedPlan } from "./column-plans.ts";
import { isMetadata } from "./metadata-plan.ts";
import type { Plan, PlanContext } from "./plan.ts";
import { nonePlan } from "./simple-plans.ts";
import { checkSearchable, foldedPlan, shardError, termOf } from "./value-plan.ts";

/** Documents that have a term matching the pattern of the query. */
export const planPattern = (query: WildcardQuery | PrefixQuery | RegexpQuery, context: PlanContext): Plan => {
  if (isMetadata(query.field)) throw wrongType(query.kind, query.field, query.field);
  const field = context.mapping.field(query.field);
  if (field === undefined) {
    // Elasticsearch compiles an expression even when no document has the field.
    if (query.kind === "regexp") regexpOf(query);
    return nonePlan;
  }
  if (!isString(field.type)) throw wrongType(query.kind, field.name, field.type);
  checkSearchable(field);
  if (
    query.kind === "prefix" &&
    query.caseInsensitive &&
    field.type === "keyword" &&
    field.params.get("index") === false
  )
    return foldedPlan(field, query.boost, (term, folded) => term.startsWith(folded), termOf(field, query.value));
  return testPlan(field, compile(query, field), query.boost);
};

const wrongType = (kind: string, name: string, type: string): Error =>
  shardError(
    `Can only use ${kind} queries on ${kind === "regexp" ? "keyword and text" : "keyword, text and wildcard"} fields - ` +
      `not on [${name}] which is of type [${type}]`,
  );

const compile = (query: WildcardQuery | PrefixQuery | RegexpQuery, field: LeafField): Matcher => {
  const { caseInsensitive } = query;
  switch (query.kind) {
    case "wildcard":
      return compileWildcard(wildcardOf(query, field), { caseInsensitive });
    case "prefix":
      return compilePrefix(termOf(field, query.value), { caseInsensitive });
    case "regexp":
      checkLength(query);
      return regexpOf({ ...query, pattern: termOf(field, query.pattern) });
  }
};

const regexpOf = (query: RegexpQuery): Matcher =>
  compileRegexp(query.pattern, { caseInsensitive: query.caseInsensitive, flags: flagsOf(query) });

/** On keywords an escaped letter may still match in either case. */
const wildcardOf = ({ pattern }: WildcardQuery, field: LeafField): string =>
  field.type === "keyword" ? normalizeWildcard(pattern, field.normalizer ?? ((text) => text)) : pattern;

/** Length limit of a regular expression, as `index.max_regex_length`. */
const MAX_REGEXP = 1000;

const checkLength = ({ pattern }: RegexpQuery): void => {
  if (pattern.length <= MAX_REGEXP) return;
  throw new ValueError(
    `The length of regex [${pattern.length}] used in the Regexp Query request has exceeded the allowed maximum of [${MAX_REGEXP}]. This maximum can be set by changing the [index.max_regex_length] index level setting.`,
  );
};

const flagsOf = ({ flags }: RegexpQuery): RegexpFlags => {
  const parsed = parseRegexpFlags(flags);
  if (typeof parsed === "string") throw illegalArgument(`Unknown regexp flag [${parsed}]`);
  return parsed;
};

/** A term has to start with the prefix of the pattern before it is tested further. */
const testPlan = (field: LeafField, test: Matcher, boost: number): Plan => {
  const prefixed = prefixedTest(test.prefix, (term) => test.matches(term));
  return testedPlan(field.name, boost, { ...prefixed, deadAt: (term) => test.deadAt(term) });
};
