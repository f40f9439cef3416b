import type { Duration, FieldName, SearchQuery } from "@mozdef/query";
import { checkSamples, type GroupOptions } from "./aggregation.ts";
import { bySize, DEFAULT_SAMPLES, freshOf, type Group, groupSubject, type GroupSearch, sizeOf } from "./group.ts";
import { fieldsOf, invalidOption, isCount, msOf, searchBase, windowOf } from "./search-base.ts";
import { indicesFor } from "../source/default-indices.ts";
import type { SearchKind } from "./search-kind.ts";

export interface SpikeOptions extends GroupOptions {
  /** The field whose values make the groups, or several. Default: all events are one group. */
  readonly field?: FieldName | readonly FieldName[];
  /** The time before the window that the window is compared with. It may be longer: then its mean over a window counts. */
  readonly baseline: Duration;
  /** How many times more, or less, than the baseline. Above 1. */
  readonly factor: number;
  /** Events that there have to be: in the window for more, in the mean of the baseline for less. Default 1. */
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
  readonly atLeast: number;
  readonly direction: Direction;
}

/** A group with the number of its events in the window, and those to be expected there. */
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

const OWN = ["field", "baseline", "factor", "atLeast", "direction", "samplesLimit"];

/**
 * One alert for each group that has at least `factor` times as many events in the window as were to be expected after the time before
 * it, or as few; the task's `onAggregation` is called with `count` and `baseline`. Where nothing was before, `atLeast` events are a
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
 * @throws {AlertError} `ALERT_SEARCH_INVALID`.
 */
export const spike = (query: SearchQuery, options: SpikeOptions): SpikeSearch => {
  const base = searchBase("spike", query, options, OWN);
  const { field, factor, atLeast = 1, direction = "up", samplesLimit = DEFAULT_SAMPLES } = options;
  const windowMs = windowOf("spike", query);
  const baselineMs = msOf("spike", "baseline", options.baseline);
  if (baselineMs < windowMs)
    throw invalidOption("spike", "baseline", "at least as long as the window of the query", options.baseline);
  if (!Number.isFinite(factor) || factor <= 1) throw invalidOption("spike", "factor", "a number above 1", factor);
  if (!isCount(atLeast)) throw invalidOption("spike", "atLeast", "a whole number from 1", atLeast);
  if (!DIRECTIONS.includes(direction)) throw invalidOption("spike", "direction", '"up", "down" or "both"', direction);
  checkSamples("spike", samplesLimit);
  return Object.freeze({
    ...base,
    indices: indicesFor(base.indices, windowMs + baselineMs),
    fields: field === undefined ? [] : fieldsOf("spike", "field", field),
    baselineMs,
    factor,
    atLeast,
    direction,
    samplesLimit,
  });
};

/** Whether a group with so many events has a spike. */
export const isSpike = ({ factor, atLeast, direction }: SpikeSearch, count: number, baseline: number): boolean =>
  direction !== "down" && count >= atLeast && count >= factor * baseline;

/** Whether a group with so few events has a dip. */
export const isDip = ({ factor, atLeast, direction }: SpikeSearch, count: number, baseline: number): boolean =>
  direction !== "up" && baseline >= atLeast && count * factor <= baseline;

export const SPIKE: SearchKind<SpikeSearch, SpikeResult, "onAggregation"> = {
  hook: "onAggregation",
  firesOnSilence: false,
  groupedBy: ({ fields }) => fields,
  threshold: ({ atLeast }) => atLeast,
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
      if (isSpike(search, sizeOf(fresh), group.baseline)) yield groupSubject(planned, fresh, scope.now);
    }
  },
};

const uncovered = <S extends { readonly events: readonly unknown[] }>(subject: S): S => ({
  ...subject,
  events: [],
  further: [],
});
