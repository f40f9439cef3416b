export { AutomatonError, type AutomatonErrorCode } from "./automaton-error.ts";
export { compileFuzzy, type FuzzyMatcher, type FuzzyTermOptions } from "./fuzzy.ts";
export { type Matcher } from "./matcher.ts";
export { compileRegexp, type RegexpOptions } from "./regexp.ts";
export { allRegexpFlags, parseRegexpFlags, type RegexpFlags } from "./regexp-flags.ts";
export { type CaseOptions, compileLiteral, compilePrefix, compileWildcard, normalizeWildcard } from "./wildcard.ts";
