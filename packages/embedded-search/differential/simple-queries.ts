import fc from "fast-check";
import { ADDRESSES, WORDS } from "./vocabulary.ts";

const word = fc.constantFrom(...WORDS, "foo", "login", "root", "22", "1.5", "a", ...ADDRESSES);

const phrase = fc
  .tuple(fc.array(fc.constantFrom(...WORDS, "foo"), { maxLength: 3 }), fc.constantFrom("", "", "~1", "~3", "~", "~x"))
  .map(([words, slop]) => `"${words.join(" ")}"${slop}`);

const token = fc.oneof(
  { weight: 6, arbitrary: word },
  { weight: 2, arbitrary: phrase },
  { weight: 1, arbitrary: word.map((text) => `${text.slice(0, 3)}*`) },
  {
    weight: 1,
    arbitrary: fc
      .tuple(fc.constantFrom("lgoin", "rot", "alpha", "Failedd"), fc.constantFrom("~", "~1", "~2", "~0", "~9", "~x"))
      .map((parts) => parts.join("")),
  },
);

/** Signs that mean something, and some that do not. */
const SIGNS = ["+", "|", "-", '"', "(", ")", "~", "*", "\\", " ", "~1", "\t", ":", "^2", "AND", "--", "||"];

const joints = fc.constantFrom(" ", " ", " ", " + ", "+", " | ", "|", " -", " - ", "+-", " +(", ") ", "(", ")|");

const wellFormed = fc
  .array(fc.tuple(token, joints), { minLength: 1, maxLength: 6 })
  .map((parts) => parts.map(([text, joint], at) => text + (at === parts.length - 1 ? "" : joint)).join(""));

const mangled = fc.array(fc.oneof(token, fc.constantFrom(...SIGNS)), { maxLength: 10 }).map((parts) => parts.join(""));

const options = fc.record(
  {
    default_operator: fc.constantFrom("and", "or"),
    analyze_wildcard: fc.boolean(),
    minimum_should_match: fc.constantFrom<unknown>(1, 2, 3, "50%", "-1", "2<75%"),
    flags: fc.constantFrom<unknown>(
      "ALL",
      "NONE",
      "OR|AND|PREFIX",
      "NOT|PHRASE",
      "PRECEDENCE|WHITESPACE|OR",
      "FUZZY|NEAR|WHITESPACE",
      "ESCAPE|AND",
      5,
    ),
    fuzzy_prefix_length: fc.integer({ min: 0, max: 2 }),
    fuzzy_transpositions: fc.boolean(),
  },
  { requiredKeys: [] },
);

const fields = fc.constantFrom<Readonly<Record<string, unknown>>>(
  {},
  { lenient: true },
  { fields: ["t1", "k1^2"] },
  { fields: ["t1"] },
  { fields: ["l1"], lenient: true },
  { fields: ["d1", "i1", "b1", "t1"], lenient: true },
  { fields: ["o.*"] },
  { fields: ["*"] },
  { fields: ["k3", "a1"] },
  { fields: ["k1", "nope"] },
  { fields: ["i1"] },
  { fields: ["_id", "k1"] },
);

/** Where a field has another name, the server looks for analyzed prefixes in vain; the store finds them. */
const isAnalyzedUnderAnotherName = (asked: Readonly<Record<string, unknown>>): boolean =>
  asked.analyze_wildcard === true && Array.isArray(asked.fields) && asked.fields.includes("a1");

/** Simple query strings, half of them with signs where they do not belong. */
export const simpleQueryStrings = fc
  .tuple(
    fc.oneof({ weight: 2, arbitrary: wellFormed }, { weight: 1, arbitrary: mangled }),
    fc.oneof({ weight: 1, arbitrary: fc.constant({}) }, { weight: 1, arbitrary: options }),
    fields,
  )
  .filter(([, others, asked]) => !isAnalyzedUnderAnotherName({ ...others, ...asked }))
  .map(([query, others, asked]) => ({ simple_query_string: { query, ...others, ...asked } }));
