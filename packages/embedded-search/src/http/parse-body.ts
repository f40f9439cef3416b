import { type Json, parseJson } from "../json/json.ts";
import { StoreError } from "./store-error.ts";

/** Objects and lists inside one another, as Elasticsearch's JSON reader. */
const maxNesting = 1000;

/**
 * Parses a body or one line of it.
 *
 * @throws {StoreError} 400 with the place where it stops being JSON.
 */
export function parseBody(text: string): Json {
  checkNesting(text);
  try {
    return parseJson(text);
  } catch (error) {
    throw jsonError(text, error);
  }
}

/** Why a text is no JSON, in Elasticsearch's words as far as they matter. */
export function jsonError(text: string, error: unknown): StoreError {
  const message = error instanceof Error ? error.message : String(error);
  const ended = /end of JSON|Unterminated/i.test(message);
  const at = ended ? text.length : Number(/position (\d+)/.exec(message)?.[1] ?? text.length);
  const before = text.slice(0, at);
  const place = `[${before.split("\n").length}:${at - before.lastIndexOf("\n")}]`;
  if (ended) {
    const reason = `${place} Unexpected end of file`;
    return new StoreError(400, {
      type: "x_content_e_o_f_exception",
      reason,
      causedBy: { type: "json_e_o_f_exception", reason: "Unexpected end-of-input" },
    });
  }
  return new StoreError(400, {
    type: "x_content_parse_exception",
    reason: `${place} ${message}`,
    causedBy: { type: "json_parse_exception", reason: message },
  });
}

/** Looks only at texts that have enough brackets to be too deep. */
function checkNesting(text: string): void {
  if (countUpTo(text, maxNesting) < maxNesting) return;
  let depth = 0;
  for (let at = 0; at < text.length; at++) {
    const character = text.charCodeAt(at);
    if (character === 34) at = endOfString(text, at);
    else if (character === 123 || character === 91) depth++;
    else if (character === 125 || character === 93) depth--;
    if (depth > maxNesting) throw tooDeep();
  }
}

function countUpTo(text: string, limit: number): number {
  let count = 0;
  for (const bracket of ["{", "["]) {
    for (let at = text.indexOf(bracket); at !== -1 && count < limit; at = text.indexOf(bracket, at + 1)) count++;
  }
  return count;
}

function endOfString(text: string, start: number): number {
  let at = start + 1;
  while (at < text.length && text.charCodeAt(at) !== 34) at += text.charCodeAt(at) === 92 ? 2 : 1;
  return at;
}

const tooDeep = (): StoreError =>
  new StoreError(400, {
    type: "x_content_parse_exception",
    reason: `Document nesting depth (${maxNesting + 1}) exceeds the maximum allowed (${maxNesting})`,
  });
