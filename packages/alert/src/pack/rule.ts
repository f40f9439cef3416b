import type { Schedule } from "../schedule/schedule.ts";
import type { AlertAbout } from "../task/about.ts";
import type { AlertTaskClass } from "../task/alert-task.ts";

/**
 * One rule: a class that knows how to look and what to say, and the data that make it this rule. It is run like any alert:
 * under its own name, with its own schedule, health and switch.
 */
export interface RuleEntry {
  /** The identity of the rule, unique among all alerts and rules of a service: `"AlertGenericLoader:ssh_open_crit"`. */
  readonly name: string;
  readonly task: AlertTaskClass;
  /** The rule itself, checked against the schema of the class. Plain data: it can be compared, kept and sent. */
  readonly config?: unknown;
  readonly schedule: Schedule;
  /** Default true. */
  readonly enabled?: boolean;
  /** Default: what the class says. */
  readonly about?: AlertAbout;
}

/** What a loader of rules gets beside its configuration. */
export interface RuleContext {
  /**
   * Something that is wrong with one rule or with its file. The other rules go on, and so does the last good version of the
   * rule when its name is given.
   */
  readonly report: (problem: string, rule?: string) => void;
}

/**
 * Reads the rules as they are now. Called again at an interval, so that a rule that is new, changed or gone takes effect
 * without a restart. When it throws, the rules that it gave last go on.
 */
export type LoadRules = (
  // Each loader says what it takes: the configuration of its alert, validated, or what the service has for its pack.
  config: never,
  context: RuleContext,
) => readonly RuleEntry[] | Promise<readonly RuleEntry[]>;

/** Rules that never change, or a function that reads them. */
export type Rules = readonly RuleEntry[] | LoadRules;
