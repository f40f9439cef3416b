/** Two values of a field that tell events of one kind apart, such as failure and success. */
export interface Contrast {
  readonly field: string;
  /** The one that is meant, or that comes first. */
  readonly first: string | boolean;
  readonly second: string | boolean;
}
