/** A bound of a range. Dates are sent as ISO 8601 in UTC with milliseconds. */
export type Bound = string | number | Date;

/** How letters are compared. */
export interface CaseOptions {
  /** `a` to `z` and `A` to `Z` are the same letters; no others are. Default false. */
  readonly ignoreCase?: boolean;
}

interface NoLower {
  readonly gt?: never;
  readonly gte?: never;
}
interface NoUpper {
  readonly lt?: never;
  readonly lte?: never;
}
type Lower<B> = { readonly gt: B; readonly gte?: never } | { readonly gte: B; readonly gt?: never };
type Upper<B> = { readonly lt: B; readonly lte?: never } | { readonly lte: B; readonly lt?: never };

/** A lower bound, an upper one, or both: `gt` or `gte`, `lt` or `lte`. */
export type RangeBounds<B extends Bound = Bound> = (Lower<B> & (Upper<B> | NoUpper)) | (NoLower & Upper<B>);
