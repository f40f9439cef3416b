import type { FieldName } from "@mozdef/query";
import type { Hit } from "../document/event.ts";
import { valueAt } from "../document/value-at.ts";
import { invalidOption, isName } from "./search-base.ts";

/** What is counted of the events of a group instead of the events. */
export interface Measure {
  readonly of: "distinct" | "sum" | "avg" | "min" | "max";
  readonly field: FieldName;
}

const measure =
  (of: Measure["of"]) =>
  (field: FieldName): Measure => {
    if (!isName(field)) throw invalidOption(`${of}Of`, "field", "the name of a field", field);
    return Object.freeze({ of, field });
  };

/** How many different values a field has, exactly. @throws {AlertError} `ALERT_SEARCH_INVALID`, as all of these. */
export const distinctOf = measure("distinct");

/** The sum of a numeric field; of an event with a list, of all its elements. */
export const sumOf = measure("sum");

/** The mean of a numeric field. */
export const avgOf = measure("avg");

/** The least value of a numeric field. */
export const minOf = measure("min");

/** The greatest value of a numeric field. */
export const maxOf = measure("max");

/** Whether a value is a measure; JavaScript may say anything. */
export const isMeasure = (value: unknown): value is Measure =>
  typeof value === "object" &&
  value !== null &&
  "of" in value &&
  Object.hasOwn(TOTALS, String(value.of)) &&
  "field" in value &&
  isName(value.field);

/** Adds up what one measure needs of events, in any number of parts. */
export class Measuring {
  readonly #measure: Measure;
  readonly #distinct = new Set<string>();
  #count = 0;
  #sum = 0;
  #min = Number.POSITIVE_INFINITY;
  #max = Number.NEGATIVE_INFINITY;

  constructor(given: Measure) {
    this.#measure = given;
  }

  add(events: readonly Pick<Hit, "_source">[]): void {
    for (const { _source } of events)
      for (const value of [valueAt(_source, this.#measure.field)].flat(2)) this.#addValue(value);
  }

  #addValue(value: unknown): void {
    if (value === null || value === undefined || value === "") return;
    if (this.#measure.of === "distinct") this.#distinct.add(typeof value === "string" ? value : JSON.stringify(value));
    const number = Number(value);
    if (this.#measure.of === "distinct" || Number.isNaN(number)) return;
    this.#count += 1;
    this.#sum += number;
    this.#min = Math.min(this.#min, number);
    this.#max = Math.max(this.#max, number);
  }

  /** NaN for the mean, the least and the greatest of nothing. */
  get total(): number {
    return TOTALS[this.#measure.of]({
      distinct: this.#distinct.size,
      count: this.#count,
      sum: this.#sum,
      min: this.#min,
      max: this.#max,
    });
  }
}

interface Parts {
  readonly distinct: number;
  readonly count: number;
  readonly sum: number;
  readonly min: number;
  readonly max: number;
}

const TOTALS: Readonly<Record<Measure["of"], (parts: Parts) => number>> = {
  distinct: ({ distinct }) => distinct,
  sum: ({ sum }) => sum,
  avg: ({ sum, count }) => (count === 0 ? Number.NaN : sum / count),
  min: ({ min, count }) => (count === 0 ? Number.NaN : min),
  max: ({ max, count }) => (count === 0 ? Number.NaN : max),
};
