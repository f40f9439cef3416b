import fc from "fast-check";
import { WORDS } from "./vocabulary.ts";

const PIECES = ["a", "l", "o", "log", "in", "F", "root", "1", "0", ".", "é", "日", "😀", "-", " ", "_", "x", "test"];

/** Wildcard patterns: words with stars and question marks in them, and escapes. */
export const wildcards: fc.Arbitrary<string> = fc.oneof(
  fc
    .array(fc.oneof(fc.constantFrom(...PIECES), fc.constantFrom("*", "*", "?", "\\*", "\\?", "\\\\", "\\a", "\\")), {
      maxLength: 5,
    })
    .map((parts) => parts.join("")),
  fc.tuple(fc.constantFrom(...WORDS), fc.nat(6), fc.constantFrom("*", "?", "*?")).map(([word, at, sign]) => {
    const characters = Array.from(word);
    characters.splice(at % (characters.length + 1), 1, sign);
    return characters.join("");
  }),
);

const { expression } = fc.letrec<{ expression: string; atom: string; repeated: string; sequence: string }>((tie) => ({
  atom: fc.oneof(
    { weight: 8, arbitrary: fc.constantFrom(...PIECES.map((piece) => piece.replace(/[.-]/g, "\\$&"))) },
    {
      weight: 3,
      arbitrary: fc.constantFrom(".", ".", "[a-z]", "[^a-f]", "\\d", "\\w", "\\S", "@", "<1-30>", '"a.b"', "[lo]", "#"),
    },
    { weight: 1, arbitrary: tie("expression").map((inner) => `(${inner})`) },
    { weight: 1, arbitrary: tie("atom").map((inner) => `~${inner}`) },
  ),
  repeated: fc
    .tuple(tie("atom"), fc.constantFrom("", "", "", "*", "+", "?", "{2}", "{1,3}", "{0,}"))
    .map((parts) => parts.join("")),
  sequence: fc.array(tie("repeated"), { minLength: 1, maxLength: 4 }).map((parts) => parts.join("")),
  expression: fc
    .tuple(tie("sequence"), fc.array(fc.tuple(fc.constantFrom("|", "|", "&"), tie("sequence")), { maxLength: 2 }))
    .map(([first, others]) => first + others.flat().join("")),
}));

/** Lucene's regular expressions, some of them broken. */
export const lucenePatterns: fc.Arbitrary<string> = fc.oneof(
  { weight: 4, arbitrary: expression },
  { weight: 3, arbitrary: fc.constantFrom(...WORDS).map((word) => `${word.slice(0, 2).replace(/[^\w]/g, ".")}.*`) },
  {
    weight: 1,
    arbitrary: fc
      .tuple(expression, fc.nat(20), fc.constantFrom("(", ")", "[", "]", "{", "}", "\\", "<", '"', "|"))
      .map(([text, at, sign]) => Array.from(text).toSpliced(at, 0, sign).join("")),
  },
);
