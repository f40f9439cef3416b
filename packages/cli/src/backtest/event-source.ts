/** Where the events of a backtest come from. */
export interface EventSource {
  readonly file: string | null;
  readonly url: string | null;
  readonly prefix: string | null;
  /** As commander gives `--ecs`; null when the events are MozDef's. */
  readonly ecs: string | boolean | null;
  /** Copies every event of the time, not just those that the searches of the alerts find. */
  readonly allEvents: boolean;
}
