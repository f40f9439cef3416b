import { Double, type Writable } from "../json/write-json.ts";
import { primaryTerm } from "../index/write-check.ts";
import { type SourceFilter, filterSource } from "./source-filter.ts";
import { type SortKey } from "./sort-plan.ts";
import { type Candidate } from "./top-documents.ts";

/** What is shown of each hit. */
export interface FetchOptions {
  readonly source: SourceFilter;
  readonly version: boolean;
  readonly sequence: boolean;
}

/** What surrounds the hits. */
export interface HitsFrame {
  /** undefined = not tracked, and not shown. */
  readonly total: Writable;
  readonly maxScore: number | undefined;
  readonly scored: boolean;
  /** Keys whose values are shown; empty when the hits are in order of score. */
  readonly keys: readonly SortKey[];
  readonly fetch: FetchOptions;
}

/** The `hits` object of an answer. */
export function showHits(candidates: readonly Candidate[], frame: HitsFrame): object {
  return {
    total: frame.total,
    max_score: frame.maxScore === undefined ? null : new Double(frame.maxScore),
    hits: candidates.map((candidate) => showHit(candidate, frame)),
  };
}

function showHit({ scope, document, score, values }: Candidate, { keys, fetch, scored }: HitsFrame): object {
  const { view, target } = scope;
  const { segment } = view;
  const ignored = segment.ignored(document);
  return {
    _index: target.name,
    _id: segment.id(document),
    _version: fetch.version ? segment.version(document) : undefined,
    _seq_no: fetch.sequence ? segment.sequence(document) : undefined,
    _primary_term: fetch.sequence ? primaryTerm : undefined,
    _score: scored ? new Double(score) : null,
    _ignored: ignored.length === 0 ? undefined : ignored,
    _source: fetch.source.enabled ? filterSource(target.source(view, document), fetch.source) : undefined,
    sort: keys.length === 0 ? undefined : keys.map((key, i) => key.show(values[i] ?? null)),
  };
}
