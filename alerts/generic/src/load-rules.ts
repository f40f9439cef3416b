import { readdir, readFile } from "node:fs/promises";
import { join, parse } from "node:path";
import { messageOf } from "@mozdef/alert";
import Hjson from "hjson";
import { parse as parseYaml } from "yaml";
import { ruleSchema, type Rule } from "./rule.ts";

/** A rule and the name of its file, which is its own. */
export interface NamedRule {
  readonly name: string;
  readonly rule: Rule;
}

/** What a folder holds. */
export interface LoadedRules {
  /** By name. */
  readonly rules: readonly NamedRule[];
  /** One line for each file that is no rule: file, key, what was expected. */
  readonly problems: readonly string[];
}

const PARSERS: ReadonlyMap<string, (text: string) => unknown> = new Map([
  [".json", (text: string): unknown => Hjson.parse(text) as unknown],
  [".hjson", (text: string): unknown => Hjson.parse(text) as unknown],
  [".yaml", (text: string): unknown => parseYaml(text) as unknown],
  [".yml", (text: string): unknown => parseYaml(text) as unknown],
]);

/**
 * Reads every rule of a folder. HJSON takes plain JSON too, with comments and loose quotes.
 *
 * A file that cannot be read or is no rule is a problem, not an error: the others still run. A folder that is not there
 * holds no rules.
 */
export const loadRules = async (folder: string): Promise<LoadedRules> => {
  const rules = new Map<string, Rule>();
  const problems: string[] = [];
  for (const file of await ruleFiles(folder, problems)) {
    const { name } = parse(file);
    const rule = await readRule(join(folder, file), file, problems);
    if (rule === null) continue;
    if (rules.has(name))
      problems.push(`${file}: there is another rule of the name "${name}"; rename one of the files.`);
    else rules.set(name, rule);
  }
  return { rules: [...rules].map(([name, rule]) => ({ name, rule })), problems };
};

const ruleFiles = async (folder: string, problems: string[]): Promise<readonly string[]> => {
  try {
    const files = await readdir(folder);
    return files.filter((file) => PARSERS.has(parse(file).ext)).sort();
  } catch (cause) {
    problems.push(`${folder}: cannot read the folder of rules: ${messageOf(cause)}`);
    return [];
  }
};

const readRule = async (path: string, file: string, problems: string[]): Promise<Rule | null> => {
  try {
    const parsed = PARSERS.get(parse(file).ext)?.(await readFile(path, "utf8"));
    const checked = ruleSchema.safeParse(parsed);
    if (checked.success) return checked.data;
    for (const { path: keys, message } of checked.error.issues)
      problems.push(`${file}: ${keys.map(String).join(".") || "the whole file"}: ${message}`);
  } catch (cause) {
    problems.push(`${file}: cannot be read: ${messageOf(cause)}`);
  }
  return null;
};
