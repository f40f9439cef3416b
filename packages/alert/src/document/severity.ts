/** Severities in rising order. @see MozDef's pages, which colour all but DEBUG. */
export const SEVERITIES = ["DEBUG", "INFO", "NOTICE", "WARNING", "ERROR", "CRITICAL"] as const;

export type Severity = (typeof SEVERITIES)[number];

export const isSeverity = (value: unknown): value is Severity => (SEVERITIES as readonly unknown[]).includes(value);

const QUIET: ReadonlySet<string> = new Set<Severity>(["NOTICE", "INFO"]);

/**
 * Whether the chat bot announces an alert. An explicit `notify_mozdefbot` wins; otherwise it does when the alert names a channel, or
 * is neither NOTICE nor INFO. DEBUG notifies, as it always has.
 *
 * @see MozDef `alerts/lib/alerttask.py`, `tagBotNotify`.
 */
export const notifies = (alert: {
  readonly severity: string;
  readonly channel?: string | null | undefined;
  readonly notify_mozdefbot?: boolean | null | undefined;
}): boolean =>
  alert.notify_mozdefbot ?? ((alert.channel != null && alert.channel !== "") || !QUIET.has(alert.severity));
