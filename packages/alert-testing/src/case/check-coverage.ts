import { caseFailure, countOf } from "./case-failure.ts";
import { checkMarks } from "./check-alert.ts";
import { printDifferences } from "../compare/differences.ts";
import type { RunningCase } from "./running-case.ts";
import { storedEvents } from "./stored-events.ts";

/**
 * Which events the alerts of a case cover: all of them unless the case says how many. An event that does nothing in a
 * firing case is one whose purpose nobody has checked.
 */
export const checkCoverage = async ({ testCase, site }: RunningCase): Promise<void> => {
  const [alerts, events] = [await site.alertsSoFar(), await site.eventsSoFar()];
  const wrong = checkMarks(alerts, events);
  if (wrong.length > 0) throw caseFailure("The marks of the events do not fit the alerts.", printDifferences(wrong));
  // In the life of an alert, events may be there to show that they do nothing.
  if (testCase.covers === undefined && (testCase.runs.length > 1 || testCase.setup !== undefined)) return;
  const { coveredBy } = storedEvents(events);
  const covered = new Set(alerts.flatMap((alert) => coveredBy(alert).map(({ _id }) => _id)));
  if (testCase.covers === undefined && covered.size === 0) return;
  const expected = testCase.covers ?? events.length;
  if (covered.size === expected) return;
  const outside = events.flatMap(({ _id }, position) => (covered.has(_id) ? [] : [`#${position + 1}`]));
  throw caseFailure(
    `Expected the alerts to cover ${countOf(expected, "event")}, they cover ${covered.size} of ${events.length}.`,
    outside.length > 0 ? `  Not covered: ${outside.slice(0, 20).join(", ")}${outside.length > 20 ? ", ..." : ""}.` : "",
    `  If that is meant, say so: covers: ${covered.size}.`,
  );
};
