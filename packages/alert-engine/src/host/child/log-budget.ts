import type { Log } from "@mozdef/alert/runtime";

/** Lines of all alerts in ten seconds. */
const MOST_LINES = 500;
const WINDOW_MS = 10_000;

/** Characters of a message, and of its fields as JSON. */
const LONGEST_LINE = 10_000;

type Level = keyof Log;

/** What alerts say, as far as a log can take it: each line is cut, and so many come in ten seconds. */
export class LogBudget {
  readonly #log: Log;
  #since = Number.NEGATIVE_INFINITY;
  #lines = 0;

  constructor(log: Log) {
    this.#log = log;
  }

  say(level: Level, message: string, fields: Readonly<Record<string, unknown>> | undefined): void {
    const now = performance.now();
    if (now - this.#since > WINDOW_MS) {
      this.#since = now;
      this.#lines = 0;
    }
    this.#lines += 1;
    if (this.#lines === MOST_LINES + 1)
      this.#log.warn(`alerts have written ${MOST_LINES} lines within ${WINDOW_MS / 1_000} s: what follows is left out`);
    if (this.#lines > MOST_LINES) return;
    this.#log[level](shortMessage(message), fields);
  }
}

/** A text as far as a line may hold it. */
export const shortMessage = (text: string): string =>
  text.length <= LONGEST_LINE ? text : `${text.slice(0, LONGEST_LINE)}... (${text.length} characters)`;

/** Fields that are no longer than a line; others as the beginning of their text. */
export const shortFields = (
  fields: Readonly<Record<string, unknown>> | undefined,
): Readonly<Record<string, unknown>> | undefined => {
  if (fields === undefined) return undefined;
  const text = JSON.stringify(fields) as string | undefined;
  return text === undefined || text.length <= LONGEST_LINE ? fields : { fields: shortMessage(text) };
};
