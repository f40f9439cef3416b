import { readdirSync, readFileSync } from "node:fs";
import { join, relative, sep } from "node:path";
import type { Problem, Rule } from "../problem.ts";
import { droppedResults } from "./dropped-results.ts";
import { parseSource, type ParsedSource, type SourceFile, type SourceProblem } from "../../packs/parse-source.ts";
import { promisesInTexts } from "./promises-in-texts.ts";
import { unknownSeverities } from "./unknown-severities.ts";

const NOT_SOURCE = new Set(["node_modules", "dist"]);

/** The source files of a pack, without tests. */
export const sourceFiles = (folder: string): readonly SourceFile[] =>
  readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((file) => /\.[mc]?[jt]s$/.test(file) && !/\.(?:test|test-d|d)\.[mc]?[jt]s$/.test(file))
    .filter((file) => !file.split(sep).some((part) => NOT_SOURCE.has(part)))
    .sort()
    .map((file) => ({ path: join(folder, file), text: readFileSync(join(folder, file), "utf8") }));

/** Rules about code as it is written: what a run does not show, or only some day. */
const RULES: Readonly<Partial<Record<Rule, (source: ParsedSource) => readonly SourceProblem[]>>> = {
  "result-dropped": droppedResults,
  "promise-in-text": promisesInTexts,
  "severity-unknown": unknownSeverities,
};

export interface SourceScope {
  /** The folder of the pack: paths in messages are relative to it. */
  readonly folder: string;
  /** What a problem is reported under that is in none of the alerts. */
  readonly packName: string;
  /** Class names of the alerts of the pack. */
  readonly alerts: readonly string[];
  /** The alert that is asked about; null for the whole pack. */
  readonly only: string | null;
  readonly ignored: ReadonlySet<string>;
}

/** What is wrong in the code of a pack. */
export const checkSources = (files: readonly SourceFile[], scope: SourceScope): readonly Problem[] =>
  files.flatMap((file) => {
    const alert = scope.alerts.find((name) => holds(file, name));
    if (scope.only !== null && scope.only !== alert) return [];
    const source = parseSource(file);
    if (source === null) return [];
    return problemsIn(source, scope).map((problem) => ({ ...problem, alert: alert ?? scope.packName }));
  });

/** Whether a class is written in a file. */
export const holds = ({ text }: SourceFile, className: string): boolean => text.includes(`class ${className} `);

const problemsIn = (source: ParsedSource, { folder, ignored }: SourceScope): readonly Omit<Problem, "alert">[] =>
  Object.entries(RULES).flatMap(([rule, check]) =>
    ignored.has(rule)
      ? []
      : check(source).map(({ line, message }) => ({
          rule: rule as Rule,
          message: `${relative(folder, source.path)}:${line}: ${message}`,
        })),
  );
