/** Where the events of a backtest come from. */
export interface EventSource {
  readonly file: string | null;
  readonly url: string | null;
  readonly prefix: string | null;
  /** Copies every event of the time, not just those that the searches of the alerts find. */
  readonly allEvents: boolean;
}
