import { AlertError } from "../alert-error.ts";
import { SEVERITIES, type Severity } from "../document/severity.ts";

/**
 * A severity that grows with a number: the worst one whose number is reached.
 *
 * @param from - The least number of each severity. `NOTICE` below all of them.
 * @throws {AlertError} `ALERT_DRAFT_INVALID` for a severity that there is not.
 * @example
 * ```ts
 * onAggregation({ value, count }: AggregatedEvents) {
 *   const severity = severityByCount(count, { WARNING: 50, ERROR: 500 });
 *   return { summary: `${count} failed logins from ${value}`, category: "bruteforce", tags: ["login"], severity };
 * }
 * ```
 */
export const severityByCount = (count: number, from: Readonly<Partial<Record<Severity, number>>>): Severity => {
  for (const name of Object.keys(from))
    if (!(SEVERITIES as readonly string[]).includes(name))
      throw new AlertError(
        "ALERT_DRAFT_INVALID",
        `severityByCount got a wrong severity. Expected: ${SEVERITIES.join(", ")}. Received: ${name}.`,
      );
  return SEVERITIES.findLast((severity) => count >= (from[severity] ?? Number.POSITIVE_INFINITY)) ?? "NOTICE";
};
