import type { Automaton } from "./automaton.ts";
import { asciiCaseVariants } from "./case-variants.ts";
import { compileAutomaton, type Matcher } from "./matcher.ts";
import { anyCharacter, anyText, concatenate, nothing, oneOf } from "./operations.ts";

/** Options of patterns that may ignore case. */
export interface CaseOptions {
  /** ASCII letters match in either case. Default false. */
  readonly caseInsensitive?: boolean;
}

const codePoint = (character: string): number => character.codePointAt(0) ?? 0;
const exactly = (character: string): Automaton => oneOf([[codePoint(character), codePoint(character)]]);
const inEitherCase = (character: string): Automaton =>
  oneOf(asciiCaseVariants(codePoint(character)).map((variant) => [variant, variant]));

const partsOf = (pattern: string, ignoreCase: boolean): Automaton[] => {
  const parts: Automaton[] = [];
  let escaped = false;
  for (const character of pattern) {
    if (escaped) parts.push(exactly(character));
    else if (character === "*") parts.push(anyText());
    else if (character === "?") parts.push(anyCharacter());
    else if (character !== "\\") parts.push(ignoreCase ? inEitherCase(character) : exactly(character));
    escaped = !escaped && character === "\\";
  }
  // A trailing backslash stands for itself.
  if (escaped) parts.push(exactly("\\"));
  return parts;
};

/**
 * Compiles a wildcard pattern: `*` any text, `?` one code point, `\` takes the next character literally (and in its own case).
 *
 * @throws {AutomatonError} `PATTERN_TOO_COMPLEX`, as Elasticsearch does for patterns like `*a??????????????????`.
 */
export const compileWildcard = (pattern: string, options: CaseOptions = {}): Matcher => {
  // With an empty pattern Elasticsearch finds nothing, not even empty values.
  if (pattern === "") return compileAutomaton(nothing());
  return compileAutomaton(concatenate(partsOf(pattern, options.caseInsensitive === true)));
};

/**
 * Normalises the literal parts of a wildcard pattern and leaves its `*` and `?` alone, as Elasticsearch does for keyword fields
 * and in query strings. Escapes are removed: what they protected stays literal, but may then match in either case.
 */
export const normalizeWildcard = (pattern: string, normalize: (text: string) => string): string => {
  let result = "";
  let literal = "";
  const flush = (): void => {
    result += normalize(literal).replace(/[*?\\]/g, "\\$&");
    literal = "";
  };
  for (let index = 0; index < pattern.length; index++) {
    const character = pattern.charAt(index);
    if (character === "*" || character === "?") {
      flush();
      result += character;
    } else {
      if (character === "\\" && index + 1 < pattern.length) index++;
      literal += pattern.charAt(index);
    }
  }
  flush();
  return result;
};

/** Compiles a plain text: the term must equal it, ignoring ASCII case on request. */
export const compileLiteral = (text: string, options: CaseOptions = {}): Matcher =>
  compileAutomaton(concatenate(literal(text, options)));

/** Compiles a prefix: the term must start with it, ignoring ASCII case on request. */
export const compilePrefix = (text: string, options: CaseOptions = {}): Matcher =>
  compileAutomaton(concatenate([...literal(text, options), anyText()]));

const literal = (text: string, options: CaseOptions): Automaton[] =>
  Array.from(text, options.caseInsensitive === true ? inEitherCase : exactly);
