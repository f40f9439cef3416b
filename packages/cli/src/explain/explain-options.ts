/** Options as commander gives them. */
export interface ExplainOptions {
  readonly event?: string;
  readonly events?: string;
  readonly url?: string;
  readonly prefix?: string;
  /** `index/id` of an event of the cluster. */
  readonly id?: string;
  /** Indices with events in ECS; true for the usual ones. */
  readonly ecs?: string | boolean;
  /** The configuration of the service; false for none. */
  readonly service?: string | boolean;
  readonly group?: string;
  readonly at?: string;
  readonly config?: string;
  readonly json?: boolean;
}
