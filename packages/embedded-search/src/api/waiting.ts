/** Says whether anybody still waits for an answer; an `AbortSignal` is one. */
export interface Waiting {
  readonly aborted: boolean;
}
