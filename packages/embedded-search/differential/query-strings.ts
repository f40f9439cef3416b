import fc from "fast-check";
import { lucenePatterns, wildcards } from "./patterns.ts";
import { ADDRESSES, DATES, WORDS } from "./vocabulary.ts";

const escaped = (text: string): string => text.replace(/[\\+\-!():^[\]"{}~*?|&/ ]/g, "\\$&");

const field = fc.constantFrom(
  "t1",
  "t2",
  "k1",
  "k2",
  "l1",
  "f1",
  "b1",
  "d1",
  "d2",
  "i1",
  "g1",
  "k3",
  "n1",
  "c2",
  "a1",
  "a2",
  "a3",
  "a\\*",
  "o.x",
  "o.y",
  "o.n",
  "o",
  "t2.raw",
  "nope",
  "_id",
  "o.\\*",
  "t\\*",
  "dynamic",
);

const plain = fc.constantFrom(...WORDS.map(escaped), "foo", "login", "root", "22", "1.5", "a");

const end = fc.oneof(
  fc.constantFrom("*", "a", "m", "z", "0", "5", "22", '"a b"', "10.0.0.0", "10.0.0.255", "now-1d"),
  fc.constantFrom(...DATES.map(String)),
);

const range = fc
  .tuple(fc.constantFrom("[", "{"), end, end, fc.constantFrom("]", "}"))
  .map(([open, from, to, close]) => `${open}${from} TO ${to}${close}`);

const comparison = fc
  .tuple(fc.constantFrom(">", ">=", "<", "<="), fc.constantFrom("5", "1", "2020-01-15", "a", "10.0.0.1", "2020||/y"))
  .map((parts) => parts.join(""));

const quoted = fc
  .tuple(fc.array(fc.constantFrom(...WORDS, "foo"), { maxLength: 4 }), fc.constantFrom("", "", "~1", "~3", "~"))
  .map(([parts, slop]) => `"${parts.join(" ")}"${slop}`);

const value = fc.oneof(
  { weight: 8, arbitrary: plain },
  { weight: 3, arbitrary: quoted },
  { weight: 2, arbitrary: range },
  { weight: 1, arbitrary: comparison },
  { weight: 2, arbitrary: wildcards.map((text) => text.replace(/[ ]/g, "\\ ").replace(/[-]/g, "\\-")) },
  { weight: 1, arbitrary: lucenePatterns.map((pattern) => `/${pattern.replaceAll("/", "\\/")}/`) },
  {
    weight: 2,
    arbitrary: fc
      .tuple(
        fc.constantFrom("lgoin", "rot", "alpha", "Beta", "Failedd"),
        fc.constantFrom("~", "~1", "~2", "~0", "~AUTO"),
      )
      .map((parts) => parts.join("")),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      "*",
      "log*",
      "*in",
      "F*",
      "\\*",
      "TO",
      "and",
      "or",
      ...ADDRESSES.map((text) => `"${text}"`),
    ),
  },
);

const { group } = fc.letrec<{ clause: string; group: string }>((tie) => ({
  clause: fc
    .tuple(
      fc.constantFrom("", "", "", "", "+", "-", "!", "NOT "),
      fc.option(field, { freq: 1 }),
      fc.oneof({ weight: 6, arbitrary: value }, { weight: 1, arbitrary: tie("group").map((inner) => `(${inner})`) }),
      fc.constantFrom("", "", "", "", "", "^2", "^0.5"),
    )
    .map(([sign, name, text, boost]) => `${sign}${name === null ? "" : `${name}:`}${text}${boost}`),
  group: fc
    .array(fc.tuple(tie("clause"), fc.constantFrom(" ", " ", " ", " AND ", " OR ", " && ", " || ", " NOT ")), {
      minLength: 1,
      maxLength: 5,
    })
    .map((pairs) => pairs.map(([clause, joint], index) => clause + (index === pairs.length - 1 ? "" : joint)).join("")),
}));

const SIGNS = [
  "(",
  ")",
  '"',
  "~",
  "^",
  ":",
  "[",
  "]",
  "{",
  "}",
  "/",
  "\\",
  "*",
  "?",
  "+",
  "-",
  " AND ",
  " OR",
  "&&",
  "TO",
  "\\u0041",
  "~2",
  "^3",
  "\t",
  "|",
  "_exists_:",
  "*:*",
];

/** Breaks a text: a sign goes in, or a character goes out. */
const mangled = fc
  .tuple(group, fc.nat(40), fc.option(fc.constantFrom(...SIGNS), { freq: 3 }))
  .map(([text, at, sign]) => {
    const characters = Array.from(text);
    characters.splice(at % (characters.length + 1), sign === null ? 1 : 0, ...(sign === null ? [] : [sign]));
    return characters.join("");
  });

const texts: fc.Arbitrary<string> = fc.oneof(
  { weight: 6, arbitrary: group },
  { weight: 1, arbitrary: mangled },
  { weight: 1, arbitrary: fc.tuple(field, value).map(([name, text]) => `${name}:${text}`) },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      "_exists_:t1",
      "_exists_:o",
      "*:*",
      "*",
      "_exists_:nope",
      "-_exists_:k1",
      "t1:* AND NOT k1:*",
    ),
  },
);

/** Whether any field at all exists: the server complains about whichever of its own fields comes first in its hash table. */
const asksForAnything = (text: string): boolean => /_exists_.*(?:\\\*|\\u002a)|(?:\\\*|\\u002a)\S*\s*:/is.test(text);

/** Query strings by the grammar, some of them mangled. */
export const queryStrings: fc.Arbitrary<string> = texts.filter((text) => !asksForAnything(text));
