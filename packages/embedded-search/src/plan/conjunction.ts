import { END, type Matcher, nothing } from "./matcher.ts";
import type { Filler } from "./window.ts";
import { windowed } from "./windowed.ts";

/** Which documents a conjunction lets through and how it scores them. */
export interface ConjunctionParts {
  readonly required: readonly Matcher[];
  readonly forbidden: readonly Matcher[];
  readonly score: (document: number) => number;
}

/**
 * Documents that match all required matchers and none of the forbidden ones. Those that match about as often as the cheapest are
 * compared with it by sets; the others test its documents.
 */
export const conjunction = ({ required, forbidden, score }: ConjunctionParts): Matcher => {
  const [lead, ...rest] = [...required].sort((a, b) => a.cost - b.cost);
  if (lead === undefined || lead.cost === 0) return nothing;
  const excluded = forbidden.filter((matcher) => matcher.cost > 0);
  if (rest.length === 0 && excluded.length === 0) return { ...lead, score };
  const passes = testOf(rest, excluded);
  return {
    cost: lead.cost,
    score,
    matches: (document) => lead.matches(document) && passes(document),
    ...(bySets(lead, rest, excluded) ?? {
      next: (from) => lead.nextWhere?.(from, passes) ?? walkWhere(lead, from, passes),
    }),
  };
};

/** A conjunction with fewer documents to look at is not worth the sets. */
const LEAST_COST = 512;

/** About how many nanoseconds a test of one document takes. */
const TEST_COST = 8;

/** undefined where sets would not pay. */
const bySets = (
  lead: Matcher,
  rest: readonly Matcher[],
  excluded: readonly Matcher[],
): Pick<Matcher, "next" | "count" | "filler"> | undefined => {
  if (lead.filler === undefined || lead.cost < LEAST_COST) return undefined;
  const isCheap = ({ filler }: Matcher): boolean => filler !== undefined && filler.cost <= TEST_COST * lead.cost;
  const fillersOf = (matchers: readonly Matcher[]): readonly Filler[] =>
    matchers.filter(isCheap).flatMap(({ filler }) => filler ?? []);
  const parts = { lead, leadFiller: lead.filler, required: fillersOf(rest), excluded: fillersOf(excluded) };
  if (parts.required.length + parts.excluded.length === 0) return undefined;
  const { next, count, filler } = windowed(parts);
  const tested = [rest, excluded].map((matchers) => matchers.filter((matcher) => !isCheap(matcher)));
  if (tested.every((matchers) => matchers.length === 0)) return { next, count, filler };
  const passes = testOf(tested[0] ?? [], tested[1] ?? []);
  return { next: (from) => walkWhere({ next }, from, passes) };
};

const testOf = (required: readonly Matcher[], excluded: readonly Matcher[]): ((document: number) => boolean) => {
  const [only, ...more] = required;
  if (only && more.length === 0 && excluded.length === 0) return (document) => only.matches(document);
  return (document) => {
    for (const matcher of required) if (!matcher.matches(document)) return false;
    for (const matcher of excluded) if (matcher.matches(document)) return false;
    return true;
  };
};

const walkWhere = (lead: Pick<Matcher, "next">, from: number, passes: (document: number) => boolean): number => {
  let document = lead.next(from);
  while (document !== END && !passes(document)) document = lead.next(document + 1);
  return document;
};
