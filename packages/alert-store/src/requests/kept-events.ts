import type { EventSource, Hit } from "@mozdef/alert";
import { jsonWeight, sortedByTime } from "@mozdef/alert/runtime";
import { withLess } from "./hits.ts";

/** Texts up to here are kept whole: longer ones are not found by queries either. */
const LONGEST_TEXT = 8_191;

/** An event for counting and comparing: texts that nobody counts by are cut. */
const trimmed = (hit: Hit): Hit => {
  const source = trim(hit._source) as EventSource;
  if (hit.original !== undefined)
    return withLess(hit, { _source: source, original: trim(hit.original) as EventSource });
  return source === hit._source ? hit : withLess(hit, { _source: source });
};

/** The value itself when there is nothing to cut. */
const trim = (value: unknown): unknown => {
  if (typeof value === "string") return value.length > LONGEST_TEXT ? value.slice(0, LONGEST_TEXT) : value;
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) {
    const items = value.map(trim);
    return items.some((item, index) => item !== value[index]) ? items : value;
  }
  const entries = Object.entries(value).map(([key, inner]) => [key, inner, trim(inner)] as const);
  return entries.some(([, before, after]) => before !== after)
    ? Object.fromEntries(entries.map(([key, , after]) => [key, after]))
    : value;
};

/** What takes the memory of a hit. */
const sourceOf = ({ _source, original = _source }: Hit): EventSource => original;

/** Events in the order in which they come, page by page: the first stay whole, of the others long texts are cut. */
export class KeptEvents {
  readonly #uncut: number;
  readonly #timeField: string;
  #first: readonly Hit[] = [];
  readonly #others: Hit[] = [];
  /** About how many characters of memory they take. */
  weight = 0;

  constructor(uncut: number, timeField: string) {
    this.#uncut = uncut;
    this.#timeField = timeField;
  }

  get length(): number {
    return this.#first.length + this.#others.length;
  }

  /** The store sorts by time only: which of equal time are first is decided here. */
  add(page: readonly Hit[]): void {
    const before = jsonWeight(this.#first.map(sourceOf));
    const sorted = sortedByTime([...this.#first, ...page], this.#timeField);
    this.#first = sorted.slice(0, this.#uncut);
    const others = sorted.slice(this.#uncut).map(trimmed);
    for (const hit of others) this.#others.push(hit);
    this.weight += jsonWeight([...this.#first, ...others].map(sourceOf)) - before;
  }

  /** Oldest first, but for those of equal time. */
  all(): readonly Hit[] {
    return [...this.#first, ...this.#others];
  }
}
