import { type AlertPack, messageOf, type Schedule } from "@mozdef/alert";
import type { AlertAbout, AlertTask } from "@mozdef/alert";
import { aboutOf, type AlertTaskClass, createTask, loadRules, type RuleSet, ruleSetsOf } from "@mozdef/alert/runtime";

/** An alert or a rule of a pack, as the commands run it. */
export interface Runnable {
  readonly task: AlertTaskClass;
  readonly schedule: Schedule;
  readonly config: unknown;
  readonly isEnabled: boolean;
  readonly about: AlertAbout | null;
  /** Whether it is data for a class: it has no source, tests and page of its own. */
  readonly isRule: boolean;
  /** Whether its rules are run in its place. */
  readonly isReplacedByRules: boolean;
}

/** What a pack holds, by name: alerts first, then rules. */
export interface Runnables {
  readonly byName: ReadonlyMap<string, Runnable>;
  /** Rules that cannot be run. */
  readonly problems: readonly string[];
}

/** The alerts and rules of a pack as it ships them; of an alert that it has switched off there are no rules. */
export const runnablesOf = async (pack: AlertPack, source: string): Promise<Runnables> => {
  const byName = new Map<string, Runnable>();
  const problems: string[] = [];
  for (const [name, entry] of Object.entries(pack.alerts))
    byName.set(name, { ...runnable(entry), isReplacedByRules: entry.rules !== undefined && entry.enabled !== false });
  for (const set of ruleSetsOf(pack, source).filter(({ entry }) => entry?.enabled !== false)) {
    const { rules, problems: found } = await rulesOf(set);
    problems.push(...found);
    for (const rule of rules)
      if (byName.has(rule.name)) problems.push(`${rule.name}: there is another alert or rule of this name.`);
      else byName.set(rule.name, { ...runnable(rule), isRule: true });
  }
  return { byName, problems };
};

const runnable = (entry: Parameters<typeof aboutOf>[0] & Shipped): Runnable => ({
  task: entry.task,
  schedule: entry.schedule,
  config: entry.config,
  isEnabled: entry.enabled !== false,
  about: aboutOf(entry),
  isRule: false,
  isReplacedByRules: false,
});

interface Shipped {
  readonly schedule: Schedule;
  readonly config?: unknown;
  readonly enabled?: boolean;
}

const rulesOf = async (set: RuleSet) => {
  try {
    const config = set.entry === null ? undefined : createTask(set.entry.task, set.entry.config).config;
    const { rules, problems } = await loadRules(set, config);
    return { rules, problems: problems.map(({ error }) => error.message) };
  } catch (cause) {
    return { rules: [], problems: [messageOf(cause)] };
  }
};

/**
 * The alert or rule, ready to run.
 *
 * @param config - Used in place of its own; null or undefined for its own.
 */
export const taskOf = (name: string, { task, config, isRule }: Runnable, given?: unknown): AlertTask<unknown> =>
  createTask(task, given ?? config, isRule ? name : undefined);
