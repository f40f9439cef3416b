import { END, type Matcher, nothing } from "./matcher.ts";

/** Which documents a conjunction lets through and how it scores them. */
export interface ConjunctionParts {
  readonly required: readonly Matcher[];
  readonly forbidden: readonly Matcher[];
  readonly score: (document: number) => number;
}

/** Documents that match all required matchers and none of the forbidden ones: the cheapest leads, the others test its documents. */
export const conjunction = ({ required, forbidden, score }: ConjunctionParts): Matcher => {
  const [lead, ...rest] = [...required].sort((a, b) => a.cost - b.cost);
  if (lead === undefined || lead.cost === 0) return nothing;
  const excluded = forbidden.filter((matcher) => matcher.cost > 0);
  const passes = testOf(rest, excluded);
  return {
    cost: lead.cost,
    score,
    matches: (document) => lead.matches(document) && passes(document),
    next: (from) => lead.nextWhere?.(from, passes) ?? walkWhere(lead, from, passes),
  };
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

const walkWhere = (lead: Matcher, from: number, passes: (document: number) => boolean): number => {
  let document = lead.next(from);
  while (document !== END && !passes(document)) document = lead.next(document + 1);
  return document;
};
