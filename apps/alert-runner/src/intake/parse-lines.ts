import { HttpError } from "../http/http-error.ts";

/** A JSON value of a body and the line it began on, counted from 1; or why the line is not JSON. */
export type Parsed = { readonly line: number; readonly value: unknown } | Refusal;

/** Why a line was refused. */
export interface Refusal {
  readonly line: number;
  readonly code: string;
  readonly reason: string;
}

export const isRefusal = (parsed: Parsed): parsed is Refusal => "reason" in parsed;

/**
 * The values of a body: one JSON value (a list counts as its elements), or one JSON value a line (NDJSON).
 * Which of them it is shows from the body, since senders disagree on the content type of NDJSON.
 *
 * Shape: in a list, `line` is the position of the element, counted from 1.
 * @throws {HttpError} `BODY_EMPTY`; `BODY_INVALID` when nothing in it is JSON.
 */
export const parseLines = (body: Buffer): Parsed[] => {
  const text = body.toString("utf8").replace(/^\uFEFF/u, "");
  if (text.trim() === "")
    throw new HttpError("BODY_EMPTY", "The body is empty. Expected: one JSON object, a list of them, or one a line.");
  const whole = parseJson(text);
  if ("value" in whole) return elementsOf(whole.value);
  const lines = ndjson(text);
  if (lines.every(isRefusal)) throw new HttpError("BODY_INVALID", `The body is not JSON: ${whole.reason}`);
  return lines;
};

const elementsOf = (value: unknown): Parsed[] =>
  (Array.isArray(value) ? (value as unknown[]) : [value]).map((element, index) => ({
    line: index + 1,
    value: element,
  }));

const ndjson = (text: string): Parsed[] =>
  text.split("\n").flatMap((content, index): Parsed[] => {
    if (content.trim() === "") return [];
    const line = index + 1;
    const parsed = parseJson(content);
    if ("value" in parsed) return [{ line, value: parsed.value }];
    return [{ line, code: "BODY_INVALID", reason: `not JSON: ${parsed.reason}` }];
  });

const parseJson = (text: string): { readonly value: unknown } | { readonly reason: string } => {
  try {
    return { value: JSON.parse(text) as unknown };
  } catch (error) {
    return { reason: (error as SyntaxError).message.slice(0, 200) };
  }
};
