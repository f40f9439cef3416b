/** Least and greatest number of a field. */
export interface Span {
  readonly least: number;
  readonly greatest: number;
}
