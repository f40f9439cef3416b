/** One request of a story. */
export interface StoryStep {
  readonly method: "GET" | "POST" | "PUT" | "DELETE" | "HEAD";
  readonly path: string;
  readonly body?: object | undefined;
  /** Sent as newline-delimited JSON. */
  readonly lines?: readonly object[] | undefined;
  /** Asks again with what each answer ends with, until there is nothing more. */
  readonly follow?: "search_after" | "after" | undefined;
  /** The answer names a point in time, or the request is one over the last of those. */
  readonly pit?: "opens" | "searches" | undefined;
}
