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
export const testFiles = ({ path }: PackFolder): readonly string[] =>
  readdirSync(path, { recursive: true, encoding: "utf8" })
    .filter((file) => TEST_FILE.test(file) && !file.split(sep).some((part) => IGNORED.has(part)))
    .map((file) => join(path, file))
    .sort();

/**
 * The suites that the test files of a pack describe, without running them.
 *
 * @throws {CliError} `CLI_TESTS_UNREADABLE` naming the file that cannot be imported.
 */
export const suitesOf = async (pack: PackFolder): Promise<readonly CollectedSuite[]> => {
  const suites: CollectedSuite[] = [];
  for (const file of testFiles(pack)) suites.push(...(await collectSuites(() => load(file))));
  return suites;
};

const load = async (file: string): Promise<void> => {
  try {
    await import(pathToFileURL(file).href);
  } catch (cause) {
    throw new CliError("CLI_TESTS_UNREADABLE", `Cannot import ${file}: ${messageOf(cause)}`, { cause });
  }
};
