import { expect, it } from "vitest";
import { Random } from "../../test/random.ts";
import { NumbersColumn } from "../index/numbers-column.ts";
import { intervalTest, prefixTest } from "../index/term-test.ts";
import { TermsColumn } from "../index/terms-column.ts";
import { TextColumn } from "../index/text-column.ts";
import { conjunction } from "./conjunction.ts";
import { atLeast, disjunction } from "./disjunction.ts";
import { END, everything, type Matcher, scanned, withScore } from "./matcher.ts";
import { rangeMatcher } from "./range-matcher.ts";
import { termListMatcher, termMatcher } from "./term-matcher.ts";
import { testedMatcher } from "./tested-matcher.ts";

const DOCUMENTS = 10_000;

/** A matcher and what it should match. */
interface Known {
  readonly matcher: Matcher;
  readonly isIn: (document: number) => boolean;
}

type MakeKnown = (random: Random, visible: number) => Known;

const included = (term: string): { readonly term: string; readonly included: boolean } => ({ term, included: true });

/** Words of some documents, none to three each; common ones and rare ones. */
const wordsOf = (random: Random): readonly (readonly string[])[] =>
  Array.from({ length: DOCUMENTS }, () =>
    Array.from({ length: random.below(4) }, () => `w${Math.floor(random.below(200) ** 2 / 1000)}`),
  );

const columnsOf = (words: readonly (readonly string[])[]): [TermsColumn, TextColumn] => {
  const [terms, texts] = [new TermsColumn(), new TextColumn(100)];
  for (const [document, list] of words.entries()) {
    for (const word of list) terms.add(document, word);
    if (list.length > 0) texts.add(document, list);
  }
  return [terms, texts];
};

const ofWords: MakeKnown = (random, visible) => {
  const words = wordsOf(random);
  const column = random.pick<TermsColumn | TextColumn>(columnsOf(words));
  // Lists that were made when there were fewer documents do not go to the end.
  if (random.below(2) === 0) column.postings(Math.floor(DOCUMENTS * 0.8), true);
  const { dictionary } = column;
  const [low = "w0", high = "w9"] = [`w${random.below(40)}`, `w${random.below(40)}`].sort();
  const wanted = Array.from({ length: 1 + random.below(30) }, () => `w${random.below(40)}`);
  const numbers = [...new Set(wanted.flatMap((word) => dictionary.find(word) ?? []))];
  const has = (passes: (word: string) => boolean) => (document: number) => words[document]?.some(passes) ?? false;
  return random.pick<Known>([
    {
      matcher: termMatcher(column, dictionary.find("w3") ?? -1, visible, 1),
      isIn: has((word) => word === "w3" && dictionary.find("w3") !== undefined),
    },
    { matcher: termListMatcher(column, numbers, visible, 1), isIn: has((word) => wanted.includes(word)) },
    {
      matcher: testedMatcher(column, intervalTest(included(low), included(high)), visible, 1),
      isIn: has((word) => word >= low && word <= high),
    },
    { matcher: testedMatcher(column, prefixTest("w1"), visible, 1), isIn: has((word) => word.startsWith("w1")) },
  ]);
};

const ofNumbers: MakeKnown = (random, visible) => {
  const [column, values] = [new NumbersColumn(), new Map<number, number[]>()];
  const most = random.below(2);
  for (let document = 0; document < DOCUMENTS; document++) {
    const own = Array.from({ length: random.below(2 + most) }, () => random.below(10));
    values.set(document, own);
    for (const value of own) column.add(document, value);
  }
  const from = random.below(10);
  const range = { from, to: from + random.below(10) };
  return {
    matcher: rangeMatcher(column, range, visible, 1),
    isIn: (document) => values.get(document)?.some((value) => value >= range.from && value <= range.to) ?? false,
  };
};

const ofEvery: MakeKnown = (_random, visible) => ({ matcher: everything(visible, 1), isIn: () => true });

const ofScan: MakeKnown = (random, visible) => {
  const step = 2 + random.below(3);
  const isIn = (document: number): boolean => document % step !== 0;
  return { matcher: scanned(visible, 1, isIn), isIn };
};

const several = (random: Random, visible: number, depth: number, least = 0): readonly Known[] =>
  Array.from({ length: least + random.below(3) }, () => ofAny(random, visible, depth - 1));

const ofConjunction = (random: Random, visible: number, depth: number): Known => {
  const [required, forbidden] = [several(random, visible, depth, 1), several(random, visible, depth)];
  const matchersOf = (known: readonly Known[]): readonly Matcher[] => known.map(({ matcher }) => matcher);
  return {
    matcher: conjunction({ required: matchersOf(required), forbidden: matchersOf(forbidden), score: () => 1 }),
    isIn: (document) => required.every(({ isIn }) => isIn(document)) && !forbidden.some(({ isIn }) => isIn(document)),
  };
};

const ofDisjunction = (random: Random, visible: number, depth: number): Known => {
  const some = several(random, visible, depth, 1);
  const needed = 1 + random.below(2);
  const matchers = some.map(({ matcher }) => matcher);
  return {
    matcher: needed === 1 ? withScore(disjunction(matchers), 2) : atLeast(matchers, needed),
    isIn: (document) => some.filter(({ isIn }) => isIn(document)).length >= needed,
  };
};

const ofAny = (random: Random, visible: number, depth: number): Known => {
  if (depth > 0 && random.below(2) === 0)
    return random.below(2) === 0 ? ofConjunction(random, visible, depth) : ofDisjunction(random, visible, depth);
  return random.pick<MakeKnown>([ofWords, ofWords, ofNumbers, ofEvery, ofScan])(random, visible);
};

const walk = (matcher: Matcher): number[] => {
  const found: number[] = [];
  for (let document = matcher.next(0); document !== END; document = matcher.next(document + 1)) found.push(document);
  return found;
};

it.each(Array.from({ length: 60 }, (_, seed) => seed))(
  "has the documents that all required matchers have and no forbidden one, walked, tested and counted (%i)",
  (seed) => {
    const random = new Random(seed);
    const visible = random.below(2) === 0 ? DOCUMENTS : 1 + random.below(DOCUMENTS);
    const { matcher, isIn } = ofConjunction(random, visible, 2);
    const expected = Array.from({ length: visible }, (_, document) => document).filter(isIn);
    expect(walk(matcher)).toEqual(expected);
    if (matcher.count) expect(matcher.count(DOCUMENTS)).toBe(expected.length);
    for (let i = 0; i < 50; i++) {
      const place = random.below(visible);
      expect(matcher.next(place)).toBe(expected.find((document) => document >= place) ?? END);
      expect(matcher.cost > 0 && matcher.matches(place)).toBe(expected.includes(place));
    }
  },
);
