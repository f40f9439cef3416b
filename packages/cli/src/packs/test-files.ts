import { type CollectedSuite, collectSuites } from "@mozdef/alert-testing";
import { messageOf } from "@mozdef/alert";
import { readdirSync } from "node:fs";
import { join, sep } from "node:path";
import { pathToFileURL } from "node:url";
import { CliError } from "../cli-error.ts";
import type { PackFolder } from "./pack-folder.ts";

const TEST_FILE = /\.test\.(?:ts|mts|js|mjs)$/;
const IGNORED = new Set(["node_modules", "dist"]);

/** The test files of a pack, by path. */
export const testFiles = ({ path }: Pick<PackFolder, "path">): readonly string[] =>
  readdirSync(path, { recursive: true, encoding: "utf8" })
    .filter((file) => TEST_FILE.test(file) && !file.split(sep).some((part) => IGNORED.has(part)))
    .map((file) => join(path, file))
    .sort();

/** A suite and the test file that describes it. */
export interface FoundSuite extends CollectedSuite {
  readonly file: string;
}

/** What the test files of a pack describe, without running them. */
export interface FoundSuites {
  readonly suites: readonly FoundSuite[];
  /** `CLI_TESTS_UNREADABLE` for each file that cannot be imported; the suites of the others are there. */
  readonly unreadable: readonly CliError[];
}

/** Reads the test files of a pack one after the other. */
export const suitesOf = async (pack: Pick<PackFolder, "path">): Promise<FoundSuites> => {
  const suites: FoundSuite[] = [];
  const unreadable: CliError[] = [];
  for (const file of testFiles(pack))
    try {
      const found = await collectSuites(() => import(pathToFileURL(file).href));
      suites.push(...found.map((suite) => ({ ...suite, file })));
    } catch (cause) {
      unreadable.push(new CliError("CLI_TESTS_UNREADABLE", `Cannot import ${file}: ${messageOf(cause)}`, { cause }));
    }
  return { suites, unreadable };
};
