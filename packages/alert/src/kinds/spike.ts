import type { Duration, FieldName, SearchQuery } from "@mozdef/query";
import { checkSamples, type GroupOptions } from "./aggregation.ts";
import { bySize, DEFAULT_SAMPLES, freshOf, type Group, groupSubject, type GroupSearch, sizeOf } from "./group.ts";
import { isMeasure, type Measure } from "./measure.ts";
import { type EndingOptions, fieldsOf, invalidOption, isCount, msOf, searchBase, windowOf } from "./search-base.ts";
import { indicesFor } from "../source/default-indices.ts";
import type { SearchKind } from "./search-kind.ts";

export interface SpikeOptions extends GroupOptions, EndingOptions {
  /** The field whose values make the groups, or several. Default: all events are one group. */
  readonly field?: FieldName | readonly FieldName[];
  /** The time before the window that the window is compared with. It may be longer: then its mean over a window counts. */
  readonly baseline: Duration;
  /** How many times more, or less, than the baseline. Above 1. */
  readonly factor: number;
  /**
   * What is compared of a group instead of the number of its events, counted by the store: `sumOf`, `avgOf`, `minOf` or `maxOf` a
   * field. A sum is compared with the part of the baseline's that is to be expected in a window, all others with that of the whole
   * baseline.
   */
  readonly measure?: Measure;
  /**
   * Events, or of the measure, that there have to be: in the window for more, in the baseline for less. A whole number of events;
   * of a measure any number above 0. Default 1.
   */
  readonly atLeast?: number;
  /** Whether more is looked for, less, or both. Default `up`. */
  readonly direction?: Direction;
}

/** Where the events of a spike go. */
export type Direction = "up" | "down" | "both";

/** One alert for each group that has many more events than before, or many fewer. */
export interface SpikeSearch extends GroupSearch {
  readonly kind: "spike";
  /** Milliseconds before the window. */
  readonly baselineMs: number;
  readonly factor: number;
  /** Null when events are counted. */
  readonly measure: Measure | null;
  readonly atLeast: number;
  readonly direction: Direction;
}

/** A group with the number of its events in the window, or what is measured of them, and what is to be expected there. */
export interface SpikeGroup extends Group {
  readonly baseline: number;
  /** Whether it has fewer than before: then its events are not covered, as an alert about silence covers none. */
  readonly isDown: boolean;
}

export interface SpikeResult {
  readonly kind: "spike";
  readonly groups: readonly SpikeGroup[];
}

const DIRECTIONS: readonly unknown[] = ["up", "down", "both"];

const OWN = ["field", "baseline", "factor", "measure", "atLeast", "direction", "samplesLimit", "resolveAfter"];

/**
 * One alert for each group that has at least `factor` times as many events in the window as were to be expected after the time before
 * it, or as few; the task's `onAggregation` is called with `count` and `baseline`, with `measure` with `measured` as well. Where nothing was before, `atLeast` events are a
 * spike. The events of the baseline are never covered.
 *
 * @example
 * ```ts
 * class AlertErrorsRise extends AlertTask {
 *   main() {
 *     const query = SearchQuery({ minutes: 5 }).must(TermMatch("severity", "ERROR"));
 *     return spike(query, { field: "hostname", baseline: { hours: 1 }, factor: 3, atLeast: 10 });
 *   }
 *
 *   onAggregation({ value, count, baseline }: AggregatedEvents) {
 *     const usual = baseline.toFixed(1);
 *     return { summary: `${count} errors on ${value}, usual are ${usual}`, category: "errors", tags: ["spike"] };
 *   }
 * }
 * ```
 * @example
 * ```ts
 * class AlertUpload extends AlertTask {
 *   main() {
 *     const query = SearchQuery({ hours: 1 }).must(TermMatch("category", "firewall"));
 *     const measure = sumOf("details.bytes");
 *     return spike(query, { field: "details.sourceipaddress", measure, baseline: { days: 7 }, factor: 5, atLeast: 1e9 });
 *   }
 *
 *   onAggregation({ value, measured, baseline }: AggregatedEvents) {
 *     const usual = Math.round(baseline);
 *     return { summary: `${measured} bytes from ${value}, usual are ${usual}`, category: "upload", tags: ["spike"] };
 *   }
 * }
 * ```
 * @throws {AlertError} `ALERT_SEARCH_INVALID`.
 */
export const spike = (query: SearchQuery, options: SpikeOptions): SpikeSearch => {
  const base = searchBase("spike", query, options, OWN);
  const { field, factor, measure = null, atLeast = 1, direction = "up", samplesLimit = DEFAULT_SAMPLES } = options;
  const windowMs = windowOf("spike", query);
  const baselineMs = msOf("spike", "baseline", options.baseline);
  if (baselineMs < windowMs)
    throw invalidOption("spike", "baseline", "at least as long as the window of the query", options.baseline);
  if (!Number.isFinite(factor) || factor <= 1) throw invalidOption("spike", "factor", "a number above 1", factor);
  if (measure !== null) checkMeasure(measure);
  checkLeast(atLeast, measure);
  if (!DIRECTIONS.includes(direction)) throw invalidOption("spike", "direction", '"up", "down" or "both"', direction);
  checkSamples("spike", samplesLimit);
  return Object.freeze({
    ...base,
    indices: indicesFor(base.indices, windowMs + baselineMs),
    fields: field === undefined ? [] : fieldsOf("spike", "field", field),
    baselineMs,
    factor,
    measure,
    atLeast,
    direction,
    samplesLimit,
  });
};

const checkMeasure = (measure: Measure): void => {
  if (!isMeasure(measure)) throw invalidOption("spike", "measure", "what sumOf, avgOf, minOf or maxOf return", measure);
  if (measure.of === "distinct")
    throw invalidOption(
      "spike",
      "measure",
      "sumOf, avgOf, minOf or maxOf (how many different values a window should have, those of a longer time do not say)",
      `distinctOf(${JSON.stringify(measure.field)})`,
    );
};

const checkLeast = (atLeast: unknown, measure: Measure | null): void => {
  if (measure === null && !isCount(atLeast)) throw invalidOption("spike", "atLeast", "a whole number from 1", atLeast);
  if (measure !== null && !(Number.isFinite(atLeast) && (atLeast as number) > 0))
    throw invalidOption("spike", "atLeast", "a number above 0", atLeast);
};

/** Events to be counted in the window, or measured of them, as those of the whole baseline let expect. */
export const expectedIn = (
  { measure, baselineMs }: Pick<SpikeSearch, "measure" | "baselineMs">,
  windowMs: number,
  before: number,
): number => (measure === null || measure.of === "sum" ? (before * windowMs) / baselineMs : before);

/** Whether a group with so many events, or so much of the measure, has a spike. */
export const isSpike = ({ factor, atLeast, direction }: SpikeSearch, amount: number, baseline: number): boolean =>
  direction !== "down" && amount >= atLeast && amount >= factor * baseline;

/** Whether a group with so few events, or so little of the measure, has a dip. */
export const isDip = ({ factor, atLeast, direction }: SpikeSearch, amount: number, baseline: number): boolean =>
  direction !== "up" && baseline >= atLeast && amount * factor <= baseline;

export const SPIKE: SearchKind<SpikeSearch, SpikeResult, "onAggregation"> = {
  hook: "onAggregation",
  firesOnSilence: false,
  groupedBy: ({ fields }) => fields,
  threshold: ({ atLeast, measure }) => (measure === null ? atLeast : 1),
  samplesLimit: ({ samplesLimit }) => samplesLimit,
  plan: ({ query, fields }, { fresh, any }) => ({ query: fresh(query, ...fields), further: [any(query, ...fields)] }),
  *subjects(planned, { groups }, scope) {
    const { search } = planned;
    for (const group of [...groups].sort(bySize)) {
      if (group.isDown) {
        yield uncovered(groupSubject(planned, group, scope.now));
        continue;
      }
      const fresh = { ...group, events: freshOf(planned, group, scope.wasFresh) };
      const amount = search.measure === null ? sizeOf(fresh) : (group.measured ?? Number.NaN);
      if (sizeOf(fresh) > 0 && isSpike(search, amount, group.baseline)) yield groupSubject(planned, fresh, scope.now);
    }
  },
};

const uncovered = <S extends { readonly events: readonly unknown[] }>(subject: S): S => ({
  ...subject,
  events: [],
  further: [],
});
