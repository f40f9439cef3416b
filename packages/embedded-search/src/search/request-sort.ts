import { illegalArgument } from "../errors/api-error.ts";
import type { SearchTarget } from "../hits/scope.ts";
import type { SortKey } from "../hits/sort-plan.ts";
import type { SortValue } from "../hits/sort-type.ts";
import type { SortField } from "../hits/sort.ts";
import type { SearchRequest } from "./search-request.ts";

/** Limit of hits that `from` and `size` can reach, as `index.max_result_window`. */
const MAX_WINDOW = 10_000;

const BY_SCORE: SortField = {
  field: "_score",
  descending: true,
  missing: "_last",
  unmappedType: undefined,
  format: undefined,
  mode: "max",
};

/** By score by default; in a point in time, equal hits are ordered by their place. */
export const sortOf = ({ sort, pit }: SearchRequest): readonly SortField[] => {
  if (sort.length === 0) return [BY_SCORE];
  if (!pit || sort.some(({ field }) => field === "_shard_doc")) return sort;
  return [...sort, { ...BY_SCORE, field: "_shard_doc", descending: false, mode: "min" }];
};

export const isBeyondWindow = ({ from, size }: SearchRequest): boolean => from + size > MAX_WINDOW;

export const checkWindow = (request: SearchRequest): void => {
  if (!isBeyondWindow(request)) return;
  const { from, size } = request;
  throw illegalArgument(
    `Result window is too large, from + size must be less than or equal to: [${MAX_WINDOW}] but was [${from + size}]. See the scroll api for a more efficient way to request large data sets. This limit can be set by changing the [index.max_result_window] index level setting.`,
  );
};

/** Where to go on, as an index reads it. @throws {ApiError} 400 when that is not a value for each field of the sort. */
export const readAfter = (
  after: SearchRequest["after"] & object,
  asked: readonly SortField[],
  keys: readonly SortKey[],
  target: SearchTarget,
): readonly SortValue[] => {
  if (asked.length === 0) throw illegalArgument("Sort must contain at least one field.");
  if (after.length !== keys.length)
    throw illegalArgument(`search_after has ${after.length} value(s) but sort has ${keys.length}.`);
  return keys.map((key, i) => key.after(after[i] ?? null, i, target));
};
