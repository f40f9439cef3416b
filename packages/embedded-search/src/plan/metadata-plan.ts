import { ValueError } from "../errors/value-error.ts";
import type { Segment } from "../index/segment.ts";
import type { SegmentView } from "../index/snapshot.ts";
import { isLive } from "../index/snapshot.ts";
import { matchesSimplePattern } from "../text/simple-pattern.ts";
import { unaskable } from "./metadata-errors.ts";
import { END, type Matcher, nothing } from "./matcher.ts";
import type { Plan, PlanContext } from "./plan.ts";

/** Fields that every document has without a mapping, as far as queries can use them. */
export const isMetadata = (field: string): boolean => field === "_id" || field === "_index";

/** Fields that every document has, and others that none has; no mapping declares them. */
const EVERYWHERE = ["_id", "_index", "_seq_no", "_tier", "_version"];
const NOWHERE = ["_ignored_source", "_routing"];
const NAMES: readonly string[] = [...EVERYWHERE, ...NOWHERE, "_ignored", ...unaskable];

/** The fields that no mapping declares among those of a name or pattern. */
export const metadataNames = (pattern: string): readonly string[] =>
  pattern.startsWith("_") || pattern.includes("*") ? NAMES.filter((name) => matchesSimplePattern(pattern, name)) : [];

/** Does every document have one of these? */
export const isEverywhere = (names: readonly string[]): boolean => names.some((name) => EVERYWHERE.includes(name));

/** @throws {ValueError} for an invalid id. */
export const idsPlan = (ids: readonly string[], context: PlanContext, boost: number): Plan => {
  if (ids.includes("")) throw new ValueError("Ids can't be empty");
  let places: Places | undefined;
  const found = (): Places => (places ??= placesOf(ids, context));
  return {
    constantScore: boost,
    mayMatch: ({ segment }) => found().moved.size > 0 || found().found.has(segment),
    bind: (view) => listMatcher(documentsOf(found(), view), boost),
  };
};

/** Where ids are: looked up once for all segments. */
interface Places {
  /** Documents by segment. */
  readonly found: ReadonlyMap<Segment, readonly number[]>;
  /** Those that are not where the snapshot has them, if it has them. */
  readonly moved: ReadonlySet<string>;
}

const placesOf = (ids: readonly string[], context: PlanContext): Places => {
  const views = new Map(context.snapshot.map((view) => [view.segment, view]));
  const found = new Map<Segment, number[]>();
  const moved = new Set<string>();
  for (const id of new Set(ids)) {
    const place = context.find(id);
    const view = place && views.get(place.segment);
    if (!place || !view || !isLive(view, place.document)) moved.add(id);
    else found.set(place.segment, [...(found.get(place.segment) ?? []), place.document]);
  }
  return { found, moved: context.isCurrent() ? new Set() : moved };
};

const documentsOf = ({ found, moved }: Places, view: SegmentView): number[] => {
  const documents = new Set(found.get(view.segment));
  if (moved.size > 0)
    for (const document of view.segment.documentsOf(moved)) if (isLive(view, document)) documents.add(document);
  return [...documents].sort((a, b) => a - b);
};

/** Index of the first number in an ascending list that is not below `least`. */
const firstFrom = (list: readonly number[], least: number): number => {
  let [low, high] = [0, list.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((list[middle] ?? 0) < least) low = middle + 1;
    else high = middle;
  }
  return low;
};

const listMatcher = (list: readonly number[], score: number): Matcher => {
  if (list.length === 0) return nothing;
  const members = new Set(list);
  return {
    cost: list.length,
    matches: (document) => members.has(document),
    score: () => score,
    next: (from) => list[firstFrom(list, from)] ?? END,
  };
};
