import type { AlertAbout, Schedule } from "@mozdef/alert";
import type { PlannedSearch } from "@mozdef/alert/runtime";
import type { RecordedCase } from "@mozdef/alert-testing";
import type { FieldScope } from "./known-fields.ts";

/** The rules; each can be left out with `--ignore`. */
export const RULES = {
  "alert-unlisted": "an alert is written and in no pack, so nothing runs it",
  "about-attack": "a technique of ATT&CK is not written as T1110 or T1110.001",
  "about-missing": "an alert does not say what it detects",
  "about-reference": "a reference is not an http or https address",
  "about-replaces": "an alert that is replaced does not exist",
  "about-severity": "the severity that an alert says is not the one that it gives",
  "field-unknown":
    "a search for events names a top-level field that neither MozDef nor the pack declares, or one that its source does not have",
  "field-unfit": "a search makes groups by text, or adds up a field that is not a number",
  "hook-missing": "main returns a search whose hook the alert does not have",
  "hook-unknown": "a method is called nearly like a hook",
  "leading-wildcard":
    "a pattern starts with *, ? or what a regular expression has for it, so every value has to be looked at",
  "main-failed": "main does not work with the configuration of the pack",
  "match-impossible": "a clause can never match the kind of its field",
  "pack-unreadable": "a pack cannot be loaded, so none of its alerts was looked at",
  "promise-in-text": "a promise is put into a text without await",
  "query-string-unescaped": "a query string means something else than it seems to, or is refused",
  "readme-missing": "an alert without README.md beside its source",
  "resolve-too-soon": "an alert is closed after one run that finds nothing",
  "result-dropped": "the result of must, mustNot or should is dropped",
  "rule-invalid": "a rule of a pack cannot be run",
  "samples-too-few": "an alert for many events shows only some of them",
  "severity-unknown": "an alert has a severity that there is not",
  "source-unknown": "an alert looks in a source that neither the configuration of the service nor its suite defines",
  "summary-without-group": "the summary of an aggregated alert does not say which group of several it is",
  "tests-failing": "a suite fails, or cannot be read, so that what an alert says is not known",
  "tests-missing": "an alert without a suite",
  "wildcard-escape":
    "a pattern has a backslash that stands for nothing: it only takes the meaning from the next character",
  "window-gap": "the window is not longer than the time between two runs",
  "window-missing": "a search looks at all events that there are, whatever their age",
} as const;

export type Rule = keyof typeof RULES;

/** Where a rule is explained, with wrong and right code. */
export const helpOf = (rule: Rule): string => `https://github.com/mozdef/mozdef-alerts/blob/main/docs/lint.md#${rule}`;

/** Something that is wrong with an alert, in a sentence that says what to do. */
export interface Problem {
  readonly alert: string;
  readonly rule: Rule;
  readonly message: string;
}

/** An alert as the rules see it. */
export interface Subject {
  readonly name: string;
  readonly schedule: Schedule;
  /** Names of all alerts and rules that there are. */
  readonly known: ReadonlySet<string>;
  /** Which fields there are. */
  readonly scope: FieldScope;
  /** What `main` returns with the configuration of the pack. */
  readonly searches: readonly PlannedSearch[];
  /** Names of its methods, those of classes that it extends among them, without those of AlertTask itself. */
  readonly methods: readonly string[];
  /** What it says about itself; null when it says nothing. */
  readonly about: AlertAbout | null;
  /** Why `main` failed; null when it did not. */
  readonly failure: string | null;
  /** What is said of a source that is not known; null when all are. */
  readonly unknownSource: string | null;
  /** The cases of its suites, with what the alert said in each. */
  readonly cases: readonly RecordedCase[];
  readonly hasSuite: boolean;
  /** Why suites of it say nothing; empty when all pass. */
  readonly brokenSuites: readonly string[];
  /** Folders with its source, relative to the pack; empty when it was not found. */
  readonly folder: string | null;
  readonly hasReadme: boolean;
}

/** A rule: what is wrong with an alert, if anything. */
export type Check = (subject: Subject) => readonly string[];
