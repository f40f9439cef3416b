import { unsupported } from "../errors/api-error.ts";
import { type DateElement, literal, optional, sequence } from "./date-element.ts";
import { joined } from "./number-element.ts";
import { PatternError } from "./pattern-error.ts";
import { PATTERN_LETTERS } from "./pattern-letters.ts";

/**
 * Reads a date pattern of Java, e.g. `yyyy-MM-dd HH:mm:ss`, with quoted literals and optional `[parts]`.
 *
 * @throws {PatternError} when it is none. @throws {ApiError} 501 for letters that are not supported.
 */
export const parsePattern = (pattern: string): DateElement => {
  const open: DateElement[][] = [[]];
  const add = (element: DateElement): void => void open.at(-1)?.push(element);
  const close = (): void => add(optional(...joined(open.pop() ?? [])));
  for (let at = 0; at < pattern.length;) {
    const token = tokenAt(pattern, at);
    at += token.length;
    if (token === "[") open.push([]);
    else if (token === "]") {
      if (open.length === 1) throw new PatternError("Pattern invalid as it contains ] without previous [");
      close();
    } else add(elementOf(token, pattern));
  }
  while (open.length > 1) close();
  return sequence(...joined(open[0] ?? []));
};

const TOKEN = /([A-Za-z])\1*|'(?:[^']|'')*'?|[^]/y;

const tokenAt = (pattern: string, at: number): string => {
  TOKEN.lastIndex = at;
  return TOKEN.exec(pattern)?.[0] ?? "";
};

const elementOf = (token: string, pattern: string): DateElement => {
  const [first = ""] = token;
  if (first === "'") return literal(unquoted(token, pattern));
  if (first === "{" || first === "}" || first === "#")
    throw new PatternError(`Pattern includes reserved character: '${first}'`);
  if (first === "p") throw padding(token, pattern);
  if (!/[A-Za-z]/.test(first)) return literal(token);
  const build = PATTERN_LETTERS.get(first);
  if (build) return build(token.length, first);
  throw new PatternError(`Unknown pattern letter: ${first}`);
};

const padding = (token: string, pattern: string): Error => {
  const next = pattern.charAt(pattern.indexOf(token) + token.length);
  return /[A-Za-z]/.test(next)
    ? unsupported("The letter [p] of a date format")
    : new PatternError(`Pad letter 'p' must be followed by valid pad pattern: ${pattern}`);
};

/** Quotes stand in pairs: around the text, and two for one within it. */
const unquoted = (token: string, pattern: string): string => {
  if ((token.split("'").length - 1) % 2 === 1)
    throw new PatternError(`Pattern ends with an incomplete string literal: ${pattern}`);
  return token === "''" ? "'" : token.slice(1, -1).replaceAll("''", "'");
};
