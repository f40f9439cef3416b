/** Where the events of a backtest come from. */
export interface EventSource {
  readonly file: string | null;
  readonly url: string | null;
  readonly prefix: string | null;
  /** As commander gives `--ecs`; null without it. */
  readonly ecs: string | boolean | null;
  /** The file with the configuration of the service, which may have sources; null: there is none. */
  readonly service: string | null;
  /** Takes every event of the time from every source, not just those that the searches of the alerts find. */
  readonly allEvents: boolean;
}
