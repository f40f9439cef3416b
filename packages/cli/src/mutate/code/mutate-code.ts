import type { MutantResult } from "@mozdef/alert-testing";
import { relative, sep } from "node:path";
import { holds } from "../../lint/source/check-sources.ts";
import type { SourceFile } from "../../packs/parse-source.ts";
import { parseSource, type ParsedSource } from "../../packs/parse-source.ts";
import type { LoadedPack } from "../../packs/pack-folder.ts";
import type { FoundSuite } from "../../packs/test-files.ts";
import type { CodeMutant } from "./code-mutant.ts";
import { codeMutants } from "./code-mutants.ts";
import { ignoreComments } from "./ignored-lines.ts";
import { instrumented } from "./instrument.ts";
import { type MutationProcess, openMutationProcess } from "./mutation-process.ts";
import { triedMutants } from "./tried-mutants.ts";

/** What changing the code of an alert has shown. */
export interface CodeReport {
  readonly mutants: readonly MutantResult[];
  /** Comments that acknowledge nothing, or say no reason. */
  readonly stale: readonly string[];
}

export interface CodeMutation {
  /**
   * Tries every change of the file that an alert is written in. What stands beside the classes of a file is tried with the suites of
   * all of its alerts, and belongs to the first of them that is asked about.
   *
   * @returns a sentence when there is no such file, or no test loads it.
   * @throws {CliError} `CLI_WORKER_FAILED`.
   */
  readonly of: (alert: string, onProgress: (done: number, all: number) => void) => Promise<CodeReport | string>;
  readonly end: () => void;
}

/** What is mutated: a pack as it was read. */
export interface MutatedPack {
  readonly pack: Pick<LoadedPack, "name" | "path">;
  /** All suites of the pack, also those of alerts that nobody asks about. */
  readonly suites: readonly FoundSuite[];
  readonly files: readonly SourceFile[];
  readonly cwd: string;
}

/** A file with alerts that have suites. */
interface AlertFile {
  readonly path: string;
  /** As reports show it. */
  readonly shown: string;
  readonly source: ParsedSource;
  readonly alerts: readonly string[];
  readonly mutants: readonly CodeMutant[];
}

/** Prepares the mutants of a pack; nothing is started before the first alert is asked about. */
export const openCodeMutation = (given: MutatedPack): CodeMutation => {
  const files = alertFiles(given);
  const process = openMutationProcess(
    {
      pack: given.pack.path,
      modules: files.map(({ path, source, mutants }) => [path, instrumented(source, mutants)]),
      files: [...new Set(given.suites.map(({ file }) => file))],
    },
    given.cwd,
  );
  // What stands beside the classes is tried once.
  const shared = new Set<string>();
  return {
    of: async (alert, onProgress) => {
      const file = files.find(({ alerts }) => alerts.includes(alert));
      if (file === undefined)
        return `its source was not found in ${given.pack.name}, so its conditions were not changed`;
      const isFirst = !shared.has(file.path);
      shared.add(file.path);
      return reportOf(process, file, { alert, isFirst, onProgress });
    },
    end: () => process.end(),
  };
};

const alertFiles = ({ pack, suites, files }: MutatedPack): readonly AlertFile[] => {
  const names = [...new Set(suites.map(({ task }) => task.name))];
  let nextId = 1;
  return files.flatMap((file) => {
    const alerts = names.filter((name) => holds(file, name));
    const source = alerts.length === 0 ? null : parseSource(file);
    if (source === null) return [];
    const shown = relative(pack.path, file.path).split(sep).join("/");
    const mutants = codeMutants(source, shown, nextId);
    nextId += mutants.length;
    return [{ path: file.path, shown, source, alerts, mutants }];
  });
};

interface Question {
  readonly alert: string;
  readonly isFirst: boolean;
  readonly onProgress: (done: number, all: number) => void;
}

const reportOf = async (
  process: MutationProcess,
  file: AlertFile,
  { alert, isFirst, onProgress }: Question,
): Promise<CodeReport | string> => {
  const own = file.mutants.filter(({ owner }) => owner === alert);
  const beside = isFirst ? file.mutants.filter(({ owner }) => !file.alerts.includes(owner ?? "")) : [];
  const all = own.length + beside.length;
  if (all === 0) return { mutants: [], stale: staleComments(file, [], isFirst) };
  let done = 0;
  const results: (readonly [CodeMutant, MutantResult])[] = [];
  for (const [alerts, mutants] of [
    [[alert], own],
    [file.alerts, beside],
  ] as const) {
    if (mutants.length === 0) continue;
    const recorded = await process.record({ alerts });
    if (!recorded.modules.includes(file.path)) return `no test loads ${file.shown}, so its conditions were not changed`;
    for await (const result of triedMutants(process, { alerts, mutants, recorded })) {
      results.push(result);
      onProgress(++done, all);
    }
  }
  return acknowledged(file, results, isFirst);
};

const acknowledged = (
  file: AlertFile,
  results: readonly (readonly [CodeMutant, MutantResult])[],
  isFirst: boolean,
): CodeReport => {
  const reasons = new Map(ignoreComments(file.source).map(({ line, reason }) => [line, reason]));
  const mutants = results.map(([{ line }, result]): MutantResult => {
    const reason = reasons.get(line) ?? "";
    if (result.outcome !== "survived" || reason === "") return result;
    return { ...result, outcome: "equivalent", suggestion: null, reason };
  });
  const tried = results.map(([{ line }], index) => ({ line, isNeeded: mutants[index]?.outcome === "equivalent" }));
  return { mutants, stale: staleComments(file, tried, isFirst) };
};

/** Of the comments that are about what was tried; of a line without a mutant the first alert of the file tells. */
const staleComments = (
  file: AlertFile,
  tried: readonly { readonly line: number; readonly isNeeded: boolean }[],
  isFirst: boolean,
): readonly string[] =>
  ignoreComments(file.source).flatMap(({ line, reason }) => {
    const own = tried.filter((one) => one.line === line);
    const isOwn = own.length > 0 || (isFirst && file.mutants.every((mutant) => mutant.line !== line));
    if (!isOwn) return [];
    const place = `${file.shown}:${line} mozdef-mutate-ignore`;
    if (reason === "") return [`${place} without a reason`];
    return own.some(({ isNeeded }) => isNeeded) ? [] : [`${place}: ${reason}`];
  });
