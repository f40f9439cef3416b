import type { Automaton } from "./automaton.ts";
import { decimalInterval } from "./decimal-interval.ts";
import { complement } from "./determinize.ts";
import { compileAutomaton, type Matcher } from "./matcher.ts";
import {
  anyText,
  concatenate,
  intersect,
  nothing,
  oneOf,
  optional,
  repeat,
  repeatAtLeast,
  repeatBetween,
  union,
} from "./operations.ts";
import { ALL_REGEXP_FLAGS, type RegexpFlags } from "./regexp-flags.ts";
import type { RegexpNode } from "./regexp-node.ts";
import { parseRegexp } from "./regexp-parser.ts";
import { regexpError } from "./regexp-reader.ts";
import type { CaseOptions } from "./wildcard.ts";

/** Options of a regular expression. */
export interface RegexpOptions extends CaseOptions {
  /** Operators that are on. Default all. */
  readonly flags?: RegexpFlags;
}

/** The parts of nested nodes of one kind, all in one list. */
const flat = (kind: "union" | "concatenation", parts: readonly RegexpNode[]): Automaton[] =>
  parts.flatMap((part) => (part.kind === kind && part.parts.length > 0 ? flat(kind, part.parts) : [build(part)]));

const buildRepeat = (part: RegexpNode, min: number, max: number): Automaton => {
  const automaton = build(part);
  if (max === Infinity) return min === 0 ? repeat(automaton) : repeatAtLeast(automaton, min);
  return min === 0 && max === 1 ? optional(automaton) : repeatBetween(automaton, min, max);
};

const build = (node: RegexpNode): Automaton => {
  switch (node.kind) {
    case "union":
      return union(flat("union", node.parts));
    case "concatenation":
      return concatenate(flat("concatenation", node.parts));
    case "intersection":
      return intersect(build(node.left), build(node.right));
    case "repeat":
      return buildRepeat(node.part, node.min, node.max);
    case "complement":
      return complement(build(node.part));
    case "set":
      return oneOf(node.ranges);
    case "nothing":
      return nothing();
    case "anything":
      return anyText();
    case "interval":
      return decimalInterval(node.min, node.max, node.digits);
    case "named":
      throw regexpError(`'${node.name}' not found`);
  }
};

/**
 * Merges repetition signs in a row into one (`a+*` is `a*`), so that stacking them costs nothing. Signs that are escaped,
 * quoted or in a class are left alone.
 */
export const collapseQuantifiers = (pattern: string): string => {
  let result = "";
  let inside = "";
  let quantifier = false;
  for (let index = 0; index < pattern.length; index++) {
    const character = pattern.charAt(index);
    const repeats = inside === "" && "+*?".includes(character);
    if (character === "\\" && index + 1 < pattern.length) {
      index++;
      result += character + pattern.charAt(index);
    } else if (repeats && quantifier) result = result.slice(0, -1) + (result.endsWith(character) ? character : "*");
    else {
      result += character;
      if (inside !== "") inside = character === inside ? "" : inside;
      else if (character === '"') inside = '"';
      else if (character === "[") inside = "]";
    }
    quantifier = repeats;
  }
  return result;
};

/**
 * Compiles a regular expression of Lucene's dialect; it must match the whole term.
 *
 * @throws {AutomatonError} `REGEXP_SYNTAX`, `PATTERN_TOO_COMPLEX` or `PATTERN_TOO_LARGE`.
 */
export const compileRegexp = (pattern: string, options: RegexpOptions = {}): Matcher => {
  const flags = options.flags ?? ALL_REGEXP_FLAGS;
  const node = parseRegexp(collapseQuantifiers(pattern), flags, options.caseInsensitive === true);
  return compileAutomaton(build(node));
};
