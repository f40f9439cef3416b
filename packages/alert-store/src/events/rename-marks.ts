/** The fields in which the service notes which alerts an event is part of, below which nobody else may say anything. */
const MARKS = ["alerts", "alert_names"];

const isMark = (key: string): boolean =>
  key.startsWith("alert") && MARKS.some((mark) => key === mark || key.startsWith(`${mark}.`));

/**
 * An event in which the marks that its sender wrote have other names: `sender_alerts` and `sender_alert_names`, as text. An
 * event that says it has alerted already is left out of searches, so a sender could switch alerts off with them.
 */
export const renameMarks = (event: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> => {
  if (!Object.keys(event).some(isMark)) return event;
  return Object.fromEntries(
    Object.entries(event).map(([key, value]) =>
      isMark(key) ? [`sender_${key.replaceAll(".", "_")}`, asText(value)] : [key, value],
    ),
  );
};

/** Text takes every shape, and so never meets a field of another kind in the index. */
const asText = (value: unknown): string => (typeof value === "string" ? value : JSON.stringify(value));
