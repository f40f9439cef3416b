import type { Hit, Search } from "@mozdef/alert";
import { type AlertDocument, kindOf } from "@mozdef/alert/runtime";
import type { RunResult } from "@mozdef/alert-engine";
import type { PreparedRun } from "../suite/prepared-suite.ts";
import { choiceOf } from "./case-source.ts";
import { caseFailure, countOf, printAlerts } from "./case-failure.ts";
import { checkAlert } from "./check-alert.ts";
import { checkResolved } from "./check-resolved.ts";
import { type Difference, printDifferences } from "../compare/differences.ts";
import { explainSilence } from "./explain-silence.ts";
import { type Matching, matchAlerts, type Pair } from "./match-alerts.ts";
import type { RunningCase } from "./running-case.ts";
import { addressOf, storedEvents } from "./stored-events.ts";

/** Runs the alert once and compares what it adds with what is expected; then once more, which has to add nothing. */
export const checkRun = async (running: RunningCase, run: PreparedRun, label: string): Promise<void> => {
  const { probe, testCase } = running;
  checkHealth(await runOnce(running), testCase.reports, label);
  if (probe.problems[0] !== undefined) throw caseFailure(`${label}${probe.problems[0]}`);
  checkHasEvents(running, run);
  const added = await newAlerts(running);
  const matching = matchAlerts(run.alerts, added);
  await checkNumber(running, matching, added, label);
  await checkPairs(running, matching.pairs, label);
  await checkResolved(running, run, label);
  if (run.alerts.length > 0) await checkSecondRun(running, label);
};

const runOnce = ({ site, probe, testCase, suite, after }: RunningCase): Promise<RunResult> =>
  site.runTask(probe.task, { plugins: testCase.plugins, source: choiceOf(suite).source, router: after?.router });

/** A run fails on any error other than the reports that the case expects; and it has to make each of those. */
const checkHealth = ({ errors, warnings }: RunResult, reports: readonly string[], label: string): void => {
  const isExpected = ({ code, message }: RunResult["errors"][number]): boolean =>
    code === "ALERT_REPORTED" && reports.some((part) => message.includes(part));
  const cut = warnings.filter(({ code }) => code === "ALERT_SEARCH_CUT");
  const lines = [...errors.filter((error) => !isExpected(error)), ...cut].map(
    (error) => `  ${error.code}: ${error.message}${adviceFor(error.cause)}`,
  );
  if (lines.length > 0) throw caseFailure(`${label}The alert failed.`, ...lines);
  const missing = reports.filter((part) => !errors.some(({ message }) => message.includes(part)));
  if (missing.length > 0) throw caseFailure(`${label}The alert did not report: ${missing.join("; ")}`);
};

/** What the engine says when something writes to a frozen event. */
const FROZEN = /read only property|not extensible|Cannot (?:add|delete|assign)/;

const adviceFor = (cause: unknown): string =>
  cause instanceof TypeError && FROZEN.test(cause.message)
    ? "\n  The alert changes its events, which other hooks and the stored alert share. Copy what you want to change."
    : "";

/** Without events only silence can alert. */
const checkHasEvents = ({ testCase, probe }: RunningCase, run: PreparedRun): void => {
  const isEmpty = testCase.runs.every(({ events }) => events.length === 0) && testCase.setup === undefined;
  if (isEmpty && run.alerts.length > 0 && !probe.searches.some((search) => kindOf(search).firesOnSilence))
    throw caseFailure("The case has no events, but the alert looks for events. Add those that have to alert.");
};

const newAlerts = async ({ site, seen }: RunningCase): Promise<readonly Hit<AlertDocument>[]> => {
  const added = (await site.alertsSoFar()).filter((alert) => !seen.has(addressOf(alert)));
  for (const alert of added) seen.add(addressOf(alert));
  return added;
};

const checkNumber = async (
  running: RunningCase,
  { missing, surplus }: Matching,
  added: readonly Hit<AlertDocument>[],
  label: string,
): Promise<void> => {
  const expected = added.length + missing.length - surplus.length;
  if (added.length === 0 && missing.length > 0)
    throw caseFailure(
      `${label}Expected ${countOf(expected, "alert")}, none fired.`,
      running.isMutant ? "" : await explainSilence(running.site, running.probe, choiceOf(running.suite)),
    );
  if (missing.length + surplus.length === 0) return;
  const advice = expected === 1 ? '  If that is meant, list them: alerts: [{ ... }, { ... }] instead of "alert".' : "";
  throw caseFailure(
    `${label}Expected ${countOf(expected, "alert")}, ${added.length} fired:`,
    printAlerts(added),
    advice,
  );
};

const checkPairs = async (running: RunningCase, pairs: readonly Pair[], label: string): Promise<void> => {
  if (pairs.length === 0) return;
  const { site, probe, testCase } = running;
  const events = storedEvents(await site.eventsSoFar());
  const context = {
    now: new Date(site.now),
    names: namesOf(probe.searches, running.suite.task.name),
    events,
    notifications: new Map(site.notifications().map((message) => [addressOf(message), message])),
    hasPlugins: testCase.plugins.length > 0,
  };
  for (const { alert, expected, differences } of pairs) {
    const covers = events.coveredBy(alert).length;
    const always = checkAlert(alert, expected, context);
    const wrong = [...differences, ...always, ...embedsDifference(running, alert, covers)];
    if (wrong.length === 0) continue;
    const which = pairs.length > 1 ? `The alert "${alert._source.summary}"` : "The alert";
    throw caseFailure(`${label}${which} differs in ${countOf(wrong.length, "place")}.`, printDifferences(wrong));
  }
};

const namesOf = (searches: readonly Search[], className: string): readonly string[] => [
  ...new Set(searches.map(({ name }) => name ?? className)),
];

const embedsDifference = (
  { testCase, probe }: RunningCase,
  { _source: { events, classname } }: Hit<AlertDocument>,
  covers: number,
): readonly Difference[] => {
  if (testCase.embeds === undefined && testCase.plugins.length > 0) return [];
  const own = probe.searches.filter(({ name }) => name === null || name === classname);
  const limits = own.map((search) => kindOf(search).samplesLimit(search));
  const expected = testCase.embeds ?? Math.min(covers, ...limits);
  if (events.length === expected) return [];
  const why =
    testCase.embeds === undefined ? ` (${covers} covered; if another number is meant: embeds: ${events.length})` : "";
  return [
    { path: "events", expected: `${countOf(expected, "embedded event")}${why}`, received: String(events.length) },
  ];
};

const checkSecondRun = async (running: RunningCase, label: string): Promise<void> => {
  const result = await runOnce(running);
  checkHealth(result, running.testCase.reports, `${label}Run again at the same instant: `);
  if (result.alerts.length === 0) return;
  const added = await newAlerts(running);
  if (added.length > 0)
    throw caseFailure(`${label}Run again at the same instant, the alert fired again:`, printAlerts(added));
};
