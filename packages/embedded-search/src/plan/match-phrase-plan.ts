import { ValueError } from "../errors/value-error.ts";
import type { SegmentView } from "../index/snapshot.ts";
import type { TextColumn } from "../index/text-column.ts";
import type { LeafField } from "../mapping/field.ts";
import type { MatchPhraseQuery } from "../recipe/query.ts";
import { javaText } from "../values/java-number.ts";
import { hasField, termPlan } from "./column-plans.ts";
import { conjunction } from "./conjunction.ts";
import { checkAnalysed, termsOf } from "./match-plan.ts";
import { END, type Matcher, nothing } from "./matcher.ts";
import { idsPlan } from "./metadata-plan.ts";
import { phraseTest } from "./phrase.ts";
import type { Plan, PlanContext } from "./plan.ts";
import { allPlan, nonePlan } from "./simple-plans.ts";
import { termMatcher } from "./term-matcher.ts";
import { checkSearchable, valuePlan } from "./value-plan.ts";

export const planMatchPhrase = (query: MatchPhraseQuery, context: PlanContext): Plan => {
  if (query.field === "_id") return idsPlan([javaText(query.value)], context, query.boost);
  const field = context.mapping.field(query.field);
  if (field === undefined) return nonePlan;
  try {
    checkAnalysed(field, "match_phrase");
    if (field.type !== "text") return valuePlan(field, query.value, context, query.boost);
    return planOnText(query, field);
  } catch (error) {
    if (query.lenient && error instanceof ValueError) return nonePlan;
    throw error;
  }
};

/** @throws {ValueError} when the index keeps no positions of this text. */
const checkPositions = ({ name, params }: LeafField): void => {
  const kept = params.get("index_options");
  if (kept !== "docs" && kept !== "freqs" && params.get("index") !== false) return;
  throw new ValueError(`field:[${name}] was indexed without position data; cannot run PhraseQuery`);
};

const planOnText = ({ value, slop, zeroTerms, boost }: MatchPhraseQuery, field: LeafField): Plan => {
  const terms = termsOf(field, javaText(value));
  const [only, ...more] = terms;
  if (only === undefined) return zeroTerms === "all" ? allPlan(boost) : nonePlan;
  if (more.length > 0) checkPositions(field);
  checkSearchable(field);
  if (more.length === 0) return termPlan(field.name, only, boost);
  return {
    constantScore: boost,
    mayMatch: hasField(field.name),
    bind: (view) => bindPhrase(field, terms, slop, boost, view),
  };
};

const bindPhrase = (
  field: LeafField,
  terms: readonly string[],
  slop: number,
  boost: number,
  view: SegmentView,
): Matcher => {
  const column = view.segment.columns.get(field.name);
  if (column?.kind !== "text") return nothing;
  const numbers: number[] = [];
  for (const term of terms) {
    const number = column.dictionary.find(term);
    if (number === undefined) return nothing;
    numbers.push(number);
  }
  const words = numbers.map((number) => termMatcher(column, number, view.visible, boost));
  const isExact = slop === 0 && column.positionGap > 0;
  // Checking an exact phrase is as cheap as looking up one of its words, so one list of documents is enough.
  const required = isExact ? [rarest(words)] : words;
  const check = isExact ? sequenceCheck(column, numbers) : phraseCheck(column, numbers, slop);
  return conjunction({ required: [...required, unled(check, view.visible)], forbidden: [], score: () => boost });
};

const rarest = (words: readonly Matcher[]): Matcher =>
  words.reduce((best, word) => (word.cost < best.cost ? word : best), words[0] ?? nothing);

type Check = (document: number) => boolean;

const sequenceCheck =
  (column: TextColumn, phrase: readonly number[]): Check =>
  (document) =>
    column.hasSequence(document, phrase);

const phraseCheck = (column: TextColumn, phrase: readonly number[], slop: number): Check => {
  const test = phraseTest(phrase, slop, column.positionGap);
  return (document) => column.passes(document, test);
};

/** Only tests documents that something else found, so it never leads. */
const unled = (matches: Check, visible: number): Matcher => ({
  cost: visible + 1,
  matches,
  next: () => END,
  score: () => 0,
});
