import { ValueError } from "../errors/value-error.ts";

/**
 * How many optional clauses have to match: `2`, `-1`, `75%`, `-25%`, or conditions such as `3<90% 6<-2`.
 *
 * @throws {ValueError} when the text is none of them.
 */
export const minimumShouldMatch = (text: string, clauses: number): number => {
  const spec = text.trim();
  if (!spec.includes("<")) return Math.max(0, simple(spec, clauses));
  let result = clauses;
  for (const condition of spec.split(/\s+/)) {
    const [bound = "", rule = ""] = condition.split("<");
    if (clauses <= integer(bound)) return result;
    result = minimumShouldMatch(rule, clauses);
  }
  return result;
};

const simple = (spec: string, clauses: number): number => {
  if (!spec.endsWith("%")) {
    const count = integer(spec);
    return count < 0 ? clauses + count : count;
  }
  const percent = integer(spec.slice(0, -1));
  const share = Math.trunc((clauses * percent) / 100);
  return share < 0 || percent < 0 ? clauses + share : share;
};

const integer = (text: string): number => {
  const number = /^[+-]?\d{1,9}$/.test(text) ? Number(text) : Number.NaN;
  if (Number.isNaN(number)) throw new ValueError(`For input string: "${text}"`, "number_format_exception");
  return number;
};
