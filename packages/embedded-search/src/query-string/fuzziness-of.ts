import { ValueError } from "../errors/value-error.ts";
import { type Fuzziness, parseFuzziness } from "../recipe/fuzziness.ts";
import { notANumber } from "../values/not-a-number.ts";

/** Numbers as Java reads them, including `1.0f`. */
const JAVA_FLOAT = /^([+-]?\d+\.?\d*(?:[eE][+-]?\d+)?|[+-]?\.\d+(?:[eE][+-]?\d+)?)[fFdD]?$/;

/**
 * Reads the text after a `~`, with the tilde; undefined when there is none.
 *
 * @throws {ValueError} when it is not a number of edits, in Elasticsearch's words.
 */
export const fuzzinessOf = (token: string): Fuzziness | undefined => {
  const text = token.slice(1);
  if (text === "") return undefined;
  const known = parseFuzziness(text);
  if (known) return known;
  const [, digits] = JAVA_FLOAT.exec(text) ?? [];
  if (digits === undefined) {
    const reason = notANumber(text.toUpperCase());
    throw new ValueError(`fuzziness cannot be [${text}].`, undefined, { type: "number_format_exception", reason });
  }
  const number = Number(digits);
  if (number % 1 > 0) throw new ValueError(`fuzziness needs to be one of 0.0, 1.0 or 2.0 but was ${number}`);
  const edits = Math.trunc(number) + 0;
  if (edits === 0 || edits === 1 || edits === 2) return { kind: "edits", edits };
  throw new ValueError(`Valid edit distances are [0, 1, 2] but was [${Math.min(edits, 0x7fffffff)}]`);
};
