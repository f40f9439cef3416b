/** A target that an alert goes to, and when. */
export interface Destination {
  /** The name of an action in the configuration. */
  readonly target: string;
  /** The path of the route that leads there; absent where there are no routes. */
  readonly route?: string;
  /** Not before. ISO 8601. */
  readonly nextat: string;
  /** Dispatches of one group are sent as one message. Absent: by itself. */
  readonly groupid?: string;
  /** Sent only when nobody has acknowledged or closed the alert until then. Default false. */
  readonly isEscalation?: boolean;
  /** Why it is not sent. Absent: it is. */
  readonly muted?: string;
}
