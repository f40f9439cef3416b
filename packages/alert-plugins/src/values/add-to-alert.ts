import type { AlertDocument } from "@mozdef/alert/runtime";

/** An alert with more in its `details`. */
export const withDetails = (alert: AlertDocument, details: Readonly<Record<string, unknown>>): AlertDocument => ({
  ...alert,
  details: { ...alert.details, ...details },
});

/** An alert whose summary says more, each after `; `. */
export const withSaid = (alert: AlertDocument, ...said: readonly string[]): AlertDocument => ({
  ...alert,
  summary: [alert.summary, ...said].join("; "),
});

/** An alert that says what was left out of it. */
export const withNote = (alert: AlertDocument, note: string | null): AlertDocument =>
  note === null ? alert : { ...alert, errors: [...(alert.errors ?? []), note] };

/** Of a value from an event that goes into the summary, in characters. */
const LONGEST_SAID = 200;

/** Half of a character, which is no text. */
const HALF = /[\uD800-\uDBFF]$/;

/** A value for the summary; what is cut ends in `…`. */
export const brief = (text: string): string =>
  text.length > LONGEST_SAID ? `${text.slice(0, LONGEST_SAID - 1).replace(HALF, "")}…` : text;
