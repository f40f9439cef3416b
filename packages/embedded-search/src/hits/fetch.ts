import type { Place } from "../index/snapshot.ts";
import { PRIMARY_TERM } from "../index/write-check.ts";
import { Double, type Writable } from "../json/write-json.ts";
import type { SearchTarget } from "./scope.ts";
import type { SortKey } from "./sort-plan.ts";
import { type SourceFilter, filterSource } from "./source-filter.ts";
import type { Candidate } from "./top-documents.ts";

/** The parts of each hit to show. */
export interface FetchOptions {
  readonly source: SourceFilter;
  readonly version: boolean;
  readonly sequence: boolean;
}

/** What accompanies the hits. */
export interface HitsFrame {
  /** undefined = not tracked, and not shown. */
  readonly total: Writable;
  readonly maxScore: number | undefined;
  readonly scored: boolean;
  /** Keys whose values are shown; empty when the hits are in order of score. */
  readonly keys: readonly SortKey[];
  /** For each key: are all numbers shown as doubles? */
  readonly asDecimals: readonly boolean[];
  /** The last index that was asked, where each hit is not shown by its own. */
  readonly last?: SearchTarget | undefined;
  readonly fetch: FetchOptions;
}

/** The `hits` object of an answer. */
export const showHits = (candidates: readonly Candidate[], frame: HitsFrame): object => {
  const sources = frame.fetch.source.enabled ? sourcesOf(candidates) : [];
  return {
    total: frame.total,
    max_score: frame.maxScore === undefined ? null : new Double(frame.maxScore),
    hits: candidates.map((candidate, i) => showHit(candidate, sources[i], frame)),
  };
};

/** The source of each candidate; each index is asked only once. */
const sourcesOf = (candidates: readonly Candidate[]): readonly string[] => {
  const targets = new Set(candidates.map(({ scope }) => scope.target));
  const [only, ...more] = targets;
  if (only && more.length === 0) return only.sources(candidates.map(placeOf));
  const sources: string[] = [];
  for (const target of targets) {
    const own = [...candidates.keys()].filter((i) => candidates[i]?.scope.target === target);
    const found = target.sources(own.flatMap((i) => candidates[i] ?? []).map(placeOf));
    for (const [at, i] of own.entries()) sources[i] = found[at] ?? "";
  }
  return sources;
};

const placeOf = ({ scope, document }: Candidate): Place => ({ view: scope.view, document });

const showHit = (
  { scope, document, score, values }: Candidate,
  source: string | undefined,
  { keys, asDecimals, last, fetch, scored }: HitsFrame,
): object => {
  const { view, target } = scope;
  const sort = keys.map((key, i) => key.show(values[i] ?? null, target, asDecimals[i] === true, last ?? target));
  const { segment } = view;
  const ignored = segment.ignored(document);
  return {
    _index: target.name,
    _id: segment.id(document),
    _version: fetch.version ? segment.version(document) : undefined,
    _seq_no: fetch.sequence ? segment.sequence(document) : undefined,
    _primary_term: fetch.sequence ? PRIMARY_TERM : undefined,
    _score: scored ? new Double(score) : null,
    _ignored: ignored.length === 0 ? undefined : ignored,
    _source: source === undefined ? undefined : filterSource(source, fetch.source),
    sort: sort.length === 0 ? undefined : sort,
  };
};
