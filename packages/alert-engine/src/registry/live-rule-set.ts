import type { RuleEntry } from "@mozdef/alert";
import { aboutOf, createTask, loadRules, type RuleProblem, type RuleSet, readException } from "@mozdef/alert/runtime";
import { isDeepStrictEqual } from "node:util";
import type { AlertSettings } from "../engine-settings.ts";
import { configValues } from "./config-values.ts";
import { failureOf, type LoadFailure } from "./load-failure.ts";
import { duplicate, type RegisteredAlert, type SettingsByName, settingsOf } from "./registered-alert.ts";

/** A rule as its pack gave it, and what is run of it. */
interface LiveRule {
  readonly entry: RuleEntry;
  readonly alert: RegisteredAlert;
}

/** Rules that are read again and again. What cannot be read or run leaves the last good version in its place. */
export class LiveRuleSet {
  readonly source: string;
  readonly set: RuleSet;
  readonly #settings: SettingsByName;
  readonly #indices: readonly string[];
  #rules: ReadonlyMap<string, LiveRule> = new Map();
  #failures: readonly LoadFailure[] = [];
  #isRead = false;

  /** @param ofPack - What the installation says of its alerts, and the indices that it declares. */
  constructor(
    source: string,
    set: RuleSet,
    ofPack: { readonly settings: SettingsByName; readonly indices: readonly string[] },
  ) {
    this.source = source;
    this.set = set;
    this.#settings = ofPack.settings;
    this.#indices = ofPack.indices;
  }

  /** Whether the rules are run: as their own settings say, else as the pack does. */
  get isEnabled(): boolean {
    return this.#own.enabled ?? this.set.entry?.enabled ?? true;
  }

  /** Whether the names of all rules are known. */
  get isRead(): boolean {
    return this.#isRead;
  }

  /** The same object as long as a rule has not changed. */
  get alerts(): readonly RegisteredAlert[] {
    return [...this.#rules.values()].map(({ alert }) => alert);
  }

  get failures(): readonly LoadFailure[] {
    return this.#failures;
  }

  /** Reads the rules as they are now. Never throws: see {@link failures}. */
  async read(): Promise<void> {
    const { set } = this;
    try {
      const given = this.#own.config ?? set.entry?.config;
      const config = set.entry === null ? given : createTask(set.entry.task, given).config;
      const { rules, problems } = await loadRules(set, config);
      this.#take(rules, problems);
      this.#isRead = true;
    } catch (error) {
      this.#isRead = false;
      this.#failures = [this.#failure(set.name, error)];
    }
  }

  #take(entries: readonly RuleEntry[], problems: readonly RuleProblem[]): void {
    const rules = new Map<string, LiveRule>();
    const failures = problems.map(({ rule, error }) => this.#failure(rule ?? this.set.name, error));
    const broken = new Set(problems.flatMap(({ rule }) => rule ?? []));
    for (const entry of entries)
      try {
        if (rules.has(entry.name)) throw duplicate(entry.name, this.source, this.source);
        rules.set(entry.name, this.#live(entry));
      } catch (error) {
        failures.push(this.#failure(entry.name, error));
        broken.add(entry.name);
      }
    for (const name of broken) {
      const good = this.#rules.get(name);
      if (good !== undefined && !rules.has(name)) rules.set(name, good);
    }
    this.#rules = rules;
    this.#failures = failures;
  }

  #live(entry: RuleEntry): LiveRule {
    const known = this.#rules.get(entry.name);
    return known !== undefined && isDeepStrictEqual(known.entry, entry)
      ? known
      : {
          entry,
          alert: {
            ...registerRule(entry, this.source, settingsOf(this.#settings, entry.name), this.#own),
            indices: this.#indices,
          },
        };
  }

  get #own(): AlertSettings {
    return settingsOf(this.#settings, this.set.name);
  }

  #failure(name: string, error: unknown): LoadFailure {
    return failureOf(name === this.source ? name : `${this.source}: ${name}`, error);
  }
}

/** What is said of the rule itself wins over what is said of all rules of its set, and that over the pack. */
const registerRule = (
  entry: RuleEntry,
  source: string,
  settings: AlertSettings,
  ofSet: AlertSettings,
): Omit<RegisteredAlert, "indices"> => {
  const task = createTask(entry.task, withConfig(entry.config, settings.config), entry.name);
  return {
    name: entry.name,
    source,
    task,
    schedule: settings.schedule ?? ofSet.schedule ?? entry.schedule,
    enabled: settings.enabled ?? entry.enabled ?? true,
    replacedBy: null,
    eventSource: settings.source ?? ofSet.source ?? null,
    exceptions: [...(ofSet.exceptions ?? []), ...(settings.exceptions ?? [])].map(readException),
    config: configValues(task.config, { configuration: settings.config, pack: entry.config }),
    configured: {
      schedule: (settings.schedule ?? ofSet.schedule) !== undefined,
      enabled: settings.enabled !== undefined,
    },
    about: aboutOf(entry),
  };
};

/** A rule is its configuration, so keys that are given change these keys and leave the rest as it is. */
const withConfig = (own: unknown, given: unknown): unknown =>
  isRecord(own) && isRecord(given) ? { ...own, ...given } : (given ?? own);

const isRecord = (value: unknown): value is object => typeof value === "object" && value !== null;
