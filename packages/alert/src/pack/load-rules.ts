import { preview } from "@mozdef/query/tools";
import { AlertError, messageOf } from "../alert-error.ts";
import { checkRunnable } from "./check-runnable.ts";
import type { AlertPack, PackEntry } from "./pack.ts";
import type { RuleEntry, Rules } from "./rule.ts";

/** Rules of a pack that are configured and switched together. */
export interface RuleSet {
  /** The alert that the rules are run in place of, or the pack. The configuration has its settings under this name. */
  readonly name: string;
  readonly rules: Rules;
  /** The alert that the rules are run in place of; null for rules of the pack itself. */
  readonly entry: PackEntry | null;
}

/** The rules of a pack. @param source - The name of the pack. */
export const ruleSetsOf = (pack: AlertPack, source: string): readonly RuleSet[] => [
  ...Object.entries(pack.alerts).flatMap(([name, entry]) =>
    entry.rules === undefined ? [] : [{ name, rules: entry.rules, entry }],
  ),
  ...(pack.rules === null ? [] : [{ name: source, rules: pack.rules, entry: null }]),
];

/** A rule that cannot be run, or a problem of all of them (`rule` is null). */
export interface RuleProblem {
  readonly rule: string | null;
  readonly error: AlertError;
}

export interface LoadedRules {
  /** In the order of their source. Two of one name are both here: only a service knows all names. */
  readonly rules: readonly RuleEntry[];
  readonly problems: readonly RuleProblem[];
}

/**
 * Reads rules and checks each by itself: one that is wrong is a problem, the others are returned.
 *
 * @throws {AlertError} `PACK_RULES_FAILED` when the rules cannot be read at all.
 */
export const loadRules = async ({ name, rules }: RuleSet, config: unknown): Promise<LoadedRules> => {
  const problems: RuleProblem[] = [];
  const report = (problem: string, rule?: string): void => {
    const error = new AlertError("PACK_RULE_INVALID", `${rule ?? name}: ${problem}`);
    problems.push({ rule: rule ?? null, error });
  };
  const found = typeof rules === "function" ? await called(name, () => rules(config as never, { report })) : rules;
  const good = found.filter((rule: unknown, index): rule is RuleEntry => {
    const problem = ruleProblem(name, rule, index);
    if (problem !== null) problems.push(problem);
    return problem === null;
  });
  return { rules: good, problems };
};

const called = async (name: string, load: () => unknown): Promise<readonly unknown[]> => {
  const found = await Promise.resolve()
    .then(load)
    .catch((cause: unknown) => {
      throw new AlertError("PACK_RULES_FAILED", `${name}: its rules cannot be read: ${messageOf(cause)}`, { cause });
    });
  if (Array.isArray(found)) return found as readonly unknown[];
  throw new AlertError("PACK_RULES_FAILED", `${name}: "rules" has to return a list. Received: ${preview(found)}.`);
};

const RULE_KEYS = ["name", "task", "config", "schedule", "enabled", "about"];

/** Names stand in addresses, tables and logs. */
const LONGEST_NAME = 256;

const ruleProblem = (set: string, rule: unknown, index: number): RuleProblem | null => {
  const name = typeof rule === "object" && rule !== null && "name" in rule ? rule.name : undefined;
  try {
    if (typeof name !== "string" || name.trim() !== name || name === "" || name.length > LONGEST_NAME)
      throw new AlertError(
        "PACK_RULE_INVALID",
        `${set}: rule ${index + 1} has no name that can be used. Expected: a text of 1 to ${LONGEST_NAME} characters. Received: ${preview(name)}.`,
      );
    checkRunnable(`${set}: the rule ${name}`, rule, RULE_KEYS, "PACK_RULE_INVALID");
    return null;
  } catch (error) {
    if (error instanceof AlertError) return { rule: typeof name === "string" ? name : null, error };
    throw error;
  }
};
