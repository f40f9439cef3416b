import { QuerySyntaxError } from "./query-syntax-error.ts";

const syntaxError = (message: string): QuerySyntaxError => new QuerySyntaxError("parse_exception", message);

const unicodeEscape = (text: string, start: number): string => {
  const digits = text.slice(start, start + 4);
  const wrong = /[^0-9a-fA-F]/.exec(digits);
  if (wrong) throw syntaxError(`Non-hex character in Unicode escape sequence: ${wrong[0]}`);
  if (digits.length < 4) throw syntaxError("Truncated Unicode escape sequence.");
  return String.fromCharCode(Number.parseInt(digits, 16));
};

/**
 * Resolves `\x` to x and `\u0041` to A.
 *
 * @throws {QuerySyntaxError} for half an escape.
 */
export const unescape = (text: string): string => {
  if (!text.includes("\\")) return text;
  let result = "";
  for (let index = 0; index < text.length; index++)
    if (text[index] !== "\\") result += text.charAt(index);
    else if (index + 1 >= text.length) throw syntaxError("Term can not end with escape character.");
    else if (text[index + 1] === "u") {
      result += unicodeEscape(text, index + 2);
      index += 5;
    } else {
      index++;
      result += text.charAt(index);
    }
  return result;
};

/** Treats every special character of a text literally. */
export const escapeQueryString = (text: string): string => text.replace(/[\\+\-!():^[\]"{}~*?|&/]/g, "\\$&");
