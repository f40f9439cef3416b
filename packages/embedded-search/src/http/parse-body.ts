import { ApiError } from "../errors/api-error.ts";
import { duplicateKey } from "../json/duplicate-key.ts";
import { endOfString } from "../json/end-of-string.ts";
import { type Json, parseJson } from "../json/json.ts";
import { factsOf, type TextFacts } from "../json/text-facts.ts";

/** Depth limit of nested objects and lists, as in Elasticsearch's JSON reader. */
const MAX_NESTING = 1000;

/**
 * Parses a body or one line of it.
 *
 * @throws {ApiError} 400 with the place where it stops being JSON.
 */
export const parseBody = (text: string): Json => {
  const facts = factsOf(text);
  if (facts.depth > MAX_NESTING) throw tooDeep();
  const value = parsed(text, facts);
  const duplicate = duplicateKey(text, value, facts);
  if (duplicate === undefined) return value;
  const name = JSON.parse(text.slice(duplicate.start, duplicate.end)) as string;
  throw readerFault(placeOf(text, duplicate.end), `Duplicate field '${name}'`);
};

const parsed = (text: string, facts: TextFacts): Json => {
  try {
    return parseJson(text, facts);
  } catch (error) {
    throw jsonError(text, error);
  }
};

/** Why a text is not JSON, in the words of Elasticsearch's reader as far as they can be derived. */
export const jsonError = (text: string, error: unknown): ApiError => {
  const message = error instanceof Error ? error.message : String(error);
  const at = Number(/position (\d+)/.exec(message)?.[1] ?? faultOf(text, message));
  if (/end of JSON|Unterminated/i.test(message) || at >= text.trimEnd().length) return endOfFile(text);
  const word = /^[A-Za-z_$][\w$]*/.exec(text.slice(wordStart(text, at)))?.[0];
  if (word === undefined) return readerFault(placeOf(text, at), message);
  const place = placeOf(text, wordStart(text, at) + word.length);
  return readerFault(
    place,
    `Unrecognized token '${word}': was expecting (JSON String, Number, Array, Object or token 'null', 'true' or 'false')`,
  );
};

/** V8 omits the position when it quotes a short text; then the offending word is searched for. */
const faultOf = (text: string, message: string): number => {
  const token = /token '(.)'/u.exec(message)?.[1];
  const at = token === undefined ? -1 : text.indexOf(token);
  return at === -1 ? text.length : at;
};

const wordStart = (text: string, at: number): number => {
  let start = at;
  while (start > 0 && /[\w$]/.test(text.charAt(start - 1))) start--;
  return start;
};

const placeOf = (text: string, at: number): string => {
  const before = text.slice(0, at);
  return `[${before.split("\n").length}:${at - before.lastIndexOf("\n")}]`;
};

const readerFault = (place: string, message: string): ApiError => {
  const reason = `${message}\n at [Source: (byte[])]`;
  return new ApiError(400, {
    type: "x_content_parse_exception",
    reason: `${place} ${reason}`,
    causedBy: { type: "json_parse_exception", reason },
  });
};

const endOfFile = (text: string): ApiError => {
  const open = openBracket(text);
  const reason = isInside(text, open)
    ? `Unexpected end-of-input within/between ${open === "[" ? "Array" : "Object"} entries\n at [Source: (byte[])]`
    : `Unexpected end-of-input: expected close marker for ${open === "[" ? "Array" : "Object"} (start marker at [Source: (byte[])])`;
  return new ApiError(400, {
    type: "x_content_e_o_f_exception",
    reason: `${placeOf(text, text.length)} Unexpected end of file`,
    causedBy: { type: "json_e_o_f_exception", reason },
  });
};

/** Does the text end after a colon or comma, so that a value is missing? */
const isInside = (text: string, open: string): boolean => open !== "" && /[:,]\s*$/.test(text);

/** The innermost bracket that was not closed. */
const openBracket = (text: string): string => {
  const open: string[] = [];
  for (let at = 0; at < text.length; at++) {
    const character = text.charAt(at);
    if (character === '"') at = endOfString(text, at + 1);
    else if (character === "{" || character === "[") open.push(character);
    else if (character === "}" || character === "]") open.pop();
  }
  return open.at(-1) ?? "";
};

const tooDeep = (): ApiError =>
  new ApiError(400, {
    type: "x_content_parse_exception",
    reason: `Document nesting depth (${MAX_NESTING + 1}) exceeds the maximum allowed (${MAX_NESTING})`,
  });
