/** Events that no alert can see. */
export interface RefusedEvents {
  readonly count: number;
  /** Of the first of them; null when there is none. */
  readonly reason: string | null;
}
