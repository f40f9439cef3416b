import { kindOf } from "@mozdef/alert/runtime";
import {
  checkAttack,
  checkDescription,
  checkReferences,
  checkReplaces,
  checkSeverities,
  checkSeverity,
} from "./check-about.ts";
import { checkHookNames, checkHooks } from "./check-hooks.ts";
import {
  checkEscapes,
  checkFields,
  checkMatches,
  checkQueryStrings,
  checkUnfit,
  checkWildcards,
} from "./check-clauses.ts";
import { checkResolve, checkWindow, checkWindowThere } from "./check-schedule.ts";
import type { Check, Problem, Rule, Subject } from "./problem.ts";

const checkMain: Check = ({ failure }) => (failure === null ? [] : [failure]);

const checkSources: Check = ({ unknownSource }) => (unknownSource === null ? [] : [unknownSource]);

const checkTests: Check = ({ hasSuite }) =>
  hasSuite ? [] : ["has no suite. Describe it with describeAlert in a file *.test.ts of its pack."];

const checkReadme: Check = ({ folder, hasReadme }) =>
  hasReadme
    ? []
    : [
        `has no README.md${folder === null ? "" : ` in ${folder}`}. Say what it sees, when it fires, when it stays silent, and what to do.`,
      ];

/** Nobody reads more than this. */
const ENOUGH_SAMPLES = 10;

const checkSamples: Check = ({ searches }) => {
  const found = searches.flatMap(({ search }) => {
    const kind = kindOf(search);
    const [threshold, shown] = [kind.threshold(search), kind.samplesLimit(search)];
    const wanted = Math.min(threshold, ENOUGH_SAMPLES);
    return shown < wanted
      ? [`fires for ${threshold} events but shows ${shown}: set samplesLimit to at least ${wanted}.`]
      : [];
  });
  return [...new Set(found)];
};

const checkSummary: Check = ({ cases }) => {
  const groupsMet = cases.flatMap(({ groups }) => groups);
  // A group that is the same in every alert distinguishes nothing: some searches group by a constant.
  if (groupsMet.length > 1 && new Set(groupsMet).size === 1) return [];
  for (const { testCase, drafts, groups } of cases)
    for (const [index, draft] of drafts.entries()) {
      const group = groups[index];
      if (group != null && group !== "" && !draft.summary.includes(group))
        return [
          `says ${JSON.stringify(draft.summary)} for the group "${group}" (case "${testCase.name}"): put the value into the summary.`,
        ];
    }
  return [];
};

const checkSuites: Check = ({ brokenSuites }) => brokenSuites;

/** Rules about packs and their code, which are looked at as a whole. */
type PackRule = "alert-unlisted" | "pack-unreadable" | "promise-in-text" | "result-dropped" | "rule-invalid";

/** All rules about single alerts. A new one does not compile until it is listed here. */
const CHECKS: Readonly<Record<Exclude<Rule, PackRule>, Check>> = {
  "main-failed": checkMain,
  "source-unknown": checkSources,
  "hook-missing": checkHooks,
  "hook-unknown": checkHookNames,
  "window-gap": checkWindow,
  "window-missing": checkWindowThere,
  "resolve-too-soon": checkResolve,
  "field-unknown": checkFields,
  "field-unfit": checkUnfit,
  "match-impossible": checkMatches,
  "leading-wildcard": checkWildcards,
  "query-string-unescaped": checkQueryStrings,
  "wildcard-escape": checkEscapes,
  "samples-too-few": checkSamples,
  "summary-without-group": checkSummary,
  "severity-unknown": checkSeverities,
  "tests-failing": checkSuites,
  "tests-missing": checkTests,
  "readme-missing": checkReadme,
  "about-missing": checkDescription,
  "about-attack": checkAttack,
  "about-severity": checkSeverity,
  "about-replaces": checkReplaces,
  "about-reference": checkReferences,
};

/** Everything that is wrong with one alert, except by rules that are left out. */
export const checkAlert = (subject: Subject, ignored: ReadonlySet<string>): readonly Problem[] =>
  (Object.entries(CHECKS) as [Rule, Check][]).flatMap(([rule, check]) =>
    ignored.has(rule) ? [] : check(subject).map((message) => ({ alert: subject.name, rule, message })),
  );
