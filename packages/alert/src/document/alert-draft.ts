import type { Hit } from "./event.ts";

/** What a hook returns: the content of the alert. The runtime adds everything else that is stored. */
export interface AlertDraft {
  readonly summary: string;
  readonly category: string;
  readonly tags: readonly string[];
  /** One of `SEVERITIES`. Default `NOTICE`. */
  readonly severity?: string;
  /** Events the alert carries. Default: the event, or the samples of the group; none for a deadman alert. */
  readonly events?: readonly Hit[];
  /** Where to read more. Omitted from the document when empty. */
  readonly url?: string | null | undefined;
  /** Chat channel. An alert with one always notifies. */
  readonly channel?: string | null | undefined;
  /** Overrides the rule for notifications. */
  readonly notify_mozdefbot?: boolean | null | undefined;
  readonly details?: Readonly<Record<string, unknown>> | undefined;
  /**
   * What the alert is about, for searches with `quietFor`: what has the same is added to it. Default: the value of the group; for
   * kinds without groups everything under the alert's name is about the same.
   */
  readonly groupkey?: string | undefined;
}
