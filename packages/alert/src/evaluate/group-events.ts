import { AlertError, messageOf } from "../alert-error.ts";
import { deepFreeze } from "../document/deep-freeze.ts";
import type { Hit } from "../document/event.ts";
import type { GroupBy, Grouping } from "../kinds/aggregation.ts";

/** What came of it: for each event its groups, and an error for each event on which the code failed. */
export interface GroupedByCode {
  readonly keys: readonly (readonly string[])[];
  readonly errors: readonly AlertError[];
}

/** Failures that are told: code that fails on each of a thousand events fails in one way. */
const MOST_ERRORS = 10;

/**
 * The groups of events by the code of an alert. An event on which it fails is in none, and the others go on.
 *
 * @param name - Of the alert, for messages.
 * @throws {AlertError} `ALERT_FAILED` when the code is not here.
 */
export const groupEvents = (name: string, groupBy: Grouping, events: readonly Hit[]): GroupedByCode => {
  if (typeof groupBy !== "function")
    throw new AlertError("ALERT_FAILED", `${name}: the code that makes its groups is not at hand.`);
  const errors: AlertError[] = [];
  const keys = events.map((event) => {
    try {
      return groupsOf(groupBy, deepFreeze(event));
    } catch (cause) {
      if (errors.length < MOST_ERRORS) errors.push(failure(name, event, cause));
      return [];
    }
  });
  return { keys, errors };
};

const groupsOf = (groupBy: GroupBy, event: Hit): readonly string[] => {
  const given: unknown = groupBy(event);
  const groups: readonly unknown[] = Array.isArray(given) ? given : [given];
  return groups.flatMap((group) => {
    if (group === null || group === undefined || group === "") return [];
    if (typeof group === "string") return [group];
    throw new TypeError(`Expected: a text, a list of texts, or null for none. Received: ${typeof group}.`);
  });
};

const failure = (name: string, { _index, _id }: Hit, cause: unknown): AlertError =>
  new AlertError("ALERT_HOOK_FAILED", `${name}: groupBy failed on event ${_index}/${_id}: ${messageOf(cause)}`, {
    cause,
  });
