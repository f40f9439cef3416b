import { readdir, readFile } from "node:fs/promises";
import { join, parse } from "node:path";
import { messageOf } from "@mozdef/alert";
import Hjson from "hjson";
import { parseDocument, visit } from "yaml";
import { ruleSchema, type Rule } from "./rule.ts";

/** A rule and the name of its file, which is its own. */
export interface NamedRule {
  readonly name: string;
  readonly rule: Rule;
}

/** Something that is wrong with the file of a rule: file, key, what was expected. */
export interface RuleProblem {
  readonly name: string;
  readonly message: string;
}

/** What a folder holds. */
export interface LoadedRules {
  /** By name. */
  readonly rules: readonly NamedRule[];
  /** At least one for each file that does not hold a rule. */
  readonly problems: readonly RuleProblem[];
  /** Why the folder cannot be read; null when it can. */
  readonly failure: string | null;
}

/** A number that YAML would read as another one is meant as text: an id with zeros in front, or with more digits than a number keeps. */
const parseYaml = (text: string): unknown => {
  const document = parseDocument(text);
  const [error] = document.errors;
  if (error !== undefined) throw error;
  visit(document, {
    Scalar: (_key, { source, value }) => {
      if (typeof value === "number" && source !== undefined && /^[-+]?\d+$/.test(source) && source !== String(value))
        throw new Error(`${source} would be read as the number ${value}. Put it in quotes.`);
    },
  });
  return document.toJS() as unknown;
};

const PARSERS: ReadonlyMap<string, (text: string) => unknown> = new Map([
  [".json", (text: string): unknown => Hjson.parse(text) as unknown],
  [".hjson", (text: string): unknown => Hjson.parse(text) as unknown],
  [".yaml", parseYaml],
  [".yml", parseYaml],
]);

/**
 * Reads every rule of a folder. HJSON takes plain JSON too, with comments and loose quotes.
 *
 * A file that cannot be read or does not hold a rule is a problem, not an error: the others still run.
 */
export const loadRules = async (folder: string): Promise<LoadedRules> => {
  const rules = new Map<string, Rule>();
  const problems: RuleProblem[] = [];
  const { files, failure } = await ruleFiles(folder);
  for (const file of files) {
    const { name } = parse(file);
    const read = await readRule(join(folder, file), file);
    if (Array.isArray(read)) problems.push(...read.map((message) => ({ name, message })));
    else if (rules.has(name))
      problems.push({
        name,
        message: `${file}: there is another rule of the name "${name}"; rename one of the files.`,
      });
    else rules.set(name, read);
  }
  return { rules: [...rules].map(([name, rule]) => ({ name, rule })), problems, failure };
};

const parserOf = (file: string) => PARSERS.get(parse(file).ext.toLowerCase());

const ruleFiles = async (
  folder: string,
): Promise<{ readonly files: readonly string[]; readonly failure: string | null }> => {
  try {
    const files = await readdir(folder);
    return { files: files.filter((file) => parserOf(file) !== undefined).sort(), failure: null };
  } catch (cause) {
    return { files: [], failure: `${folder}: cannot read the folder of rules: ${messageOf(cause)}` };
  }
};

/** The rule, or what is wrong with it. */
const readRule = async (path: string, file: string): Promise<Rule | string[]> => {
  try {
    const text = await readFile(path, "utf8");
    // Some editors begin a file with a byte order mark.
    const parsed = parserOf(file)?.(text.replace(/^\uFEFF/, ""));
    const checked = ruleSchema.safeParse(parsed);
    if (checked.success) return checked.data;
    return checked.error.issues.map(
      ({ path: keys, message }) => `${file}: ${keys.map(String).join(".") || "the whole file"}: ${message}`,
    );
  } catch (cause) {
    return [`${file}: cannot be read: ${messageOf(cause)}`];
  }
};
