import type { Hit } from "@mozdef/alert";
import type { AlertDocument } from "@mozdef/alert/runtime";
import { TestingError } from "../testing-error.ts";
import { shown } from "../compare/differences.ts";

/** A case that failed: what differs, and nothing else. */
export const caseFailure = (what: string, ...details: readonly string[]): TestingError =>
  new TestingError("TEST_CASE_FAILED", [what, ...details.filter((detail) => detail !== "")].join("\n"));

const MOST_SHOWN = 5;

/** The alerts that did fire, as far as they show what happened. */
export const printAlerts = (alerts: readonly Hit<AlertDocument>[]): string => {
  const lines = alerts.slice(0, MOST_SHOWN).map(({ _source: { summary, severity, classname, events } }) => {
    const size = events.length === 1 ? "1 event" : `${events.length} events`;
    return `  - ${shown(summary)} (${classname}, ${severity}, ${size} embedded)`;
  });
  const more = alerts.length - MOST_SHOWN;
  return [...lines, ...(more > 0 ? [`  and ${more} more`] : [])].join("\n");
};

export const countOf = (count: number, what: string): string =>
  count === 0 ? `no ${what}` : `${count} ${what}${count === 1 ? "" : "s"}`;
