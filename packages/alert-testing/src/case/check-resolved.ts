import { printDifferences } from "../compare/differences.ts";
import type { PreparedRun } from "../suite/prepared-suite.ts";
import { caseFailure, countOf, printAlerts } from "./case-failure.ts";
import { matchAlerts } from "./match-alerts.ts";
import type { RunningCase } from "./running-case.ts";
import { addressOf } from "./stored-events.ts";

/** Compares the alerts that a run has closed, since their condition has ended, with what is expected. */
export const checkResolved = async (
  { site, probe, resolved }: RunningCase,
  { resolves }: PreparedRun,
  label: string,
): Promise<void> => {
  // Nothing ends by itself of most alerts, and nothing has to be read.
  if (resolves.length === 0 && probe.searches.every(({ resolveMs }) => resolveMs === null)) return;
  const ended = (await site.alertsSoFar()).filter(
    (alert) => alert._source.closereason === "resolved" && !resolved.has(addressOf(alert)),
  );
  for (const alert of ended) resolved.add(addressOf(alert));
  if (ended.length !== resolves.length)
    throw caseFailure(
      `${label}Expected ${countOf(resolves.length, "alert")} to be resolved, ${ended.length} ${ended.length === 1 ? "was" : "were"}${ended.length === 0 ? "." : ":"}`,
      printAlerts(ended),
      resolves.length === 0 ? "  If that is meant, say so: resolves: [{ ... }]." : "",
    );
  for (const { alert, differences } of matchAlerts(resolves, ended).pairs)
    if (differences.length > 0)
      throw caseFailure(
        `${label}The alert "${alert._source.summary}", which was resolved, differs in ${countOf(differences.length, "place")}.`,
        printDifferences(differences),
      );
};
