import { preview } from "@mozdef/query/tools";
import type { FieldKinds } from "@mozdef/query";
import { AlertError } from "../alert-error.ts";
import type { Schedule } from "../schedule/schedule.ts";
import type { AlertAbout } from "../task/about.ts";
import type { AlertTaskClass } from "../task/alert-task.ts";
import { ALERT_API_VERSION } from "../version.ts";
import { checkRunnable, checkVersion } from "./check-runnable.ts";
import type { EventParser } from "./event-parser.ts";
import { packError } from "./pack-error.ts";
import { readFields } from "./read-fields.ts";
import { type PackIndices, readIndices } from "./read-indices.ts";
import { readParsers } from "./read-parsers.ts";
import type { LoadRules, RuleEntry, Rules } from "./rule.ts";

/** Marks a pack, across copies of this package. Its value is the version of the contract. */
export const ALERT_PACK: unique symbol = Symbol.for("@mozdef/alert/pack") as never;

/** An alert of a pack and how it is run unless the service says otherwise. */
export interface PackEntry {
  readonly task: AlertTaskClass;
  readonly schedule: Schedule;
  /** Default true. */
  readonly enabled?: boolean;
  /** Configuration of the alert. Default: the defaults of its schema. */
  readonly config?: unknown;
  /** Default: what the class says. */
  readonly about?: AlertAbout;
  /**
   * For an alert that stands for many rules: reads them, given the alert's configuration. While the alert is switched on a
   * service runs each rule under its own name in its place. The alert's switch and schedule in the configuration of the
   * service hold for all of its rules, and those of a single rule win over them.
   */
  readonly rules?: LoadRules;
}

/** What the default export of a pack is. */
export interface AlertPack {
  readonly [ALERT_PACK]: number;
  readonly alerts: Readonly<Record<string, PackEntry>>;
  /** Rules of the pack beside its alerts; null when it gives none. */
  readonly rules: Rules | null;
  /** Fields of events beside MozDef's, and how the store indexes each. For tools, since `EventFields` exists only as a type. */
  readonly fields: FieldKinds;
  readonly indices: PackIndices;
  /** Asked before those that come with the service what an event of theirs means. */
  readonly parsers: readonly EventParser[];
}

/**
 * A pack of alerts, the default export of its package. Each alert stands under its class name.
 *
 * @param pack.alerts - May be left out when there are rules or parsers.
 * @param pack.rules - A list, or a function that reads them; it gets what the configuration of the service has under the name
 * of the pack: `alerts: { "@example/pack": { config } }`. Default: none.
 * @param pack.fields - What the pack adds to `EventFields` of `@mozdef/query`. Default: nothing.
 * @param pack.indices - Indices that the alerts keep documents in, by name: `{ localities: {} }`. A service that loads the pack
 * creates them; fields that are not named are keywords. Default: none.
 * @param pack.parsers - Make events of what products write that the service does not know. Default: none.
 * @throws {AlertError} `PACK_INVALID`, `PACK_ALERT_NAME_MISMATCH`, `ALERT_NOT_A_TASK`.
 * @example
 * ```ts
 * definePack({
 *   alerts: { AlertLogin: { task: AlertLogin, schedule: crontab({ minute: "*\/5" }) } },
 *   rules: [{ name: "login:admin", task: LoginRule, config: { user: "admin" }, schedule: interval({ minutes: 1 }) }],
 * });
 * ```
 */
export const definePack = (pack: {
  readonly alerts?: AlertPack["alerts"];
  readonly rules?: Rules | ((config: unknown, context: Parameters<LoadRules>[1]) => ReturnType<LoadRules>);
  readonly fields?: AlertPack["fields"];
  readonly indices?: PackIndices;
  readonly parsers?: AlertPack["parsers"];
}): AlertPack => readPack({ [ALERT_PACK]: ALERT_API_VERSION, alerts: {}, ...pack }, "definePack");

/**
 * A pack that was loaded, checked. The value may come from another copy of this package.
 *
 * @param source - The name of the pack, for messages.
 * @throws {AlertError} `ALERT_VERSION_INCOMPATIBLE` when it was made for another major version of the contract,
 * `ALERT_NOT_A_TASK`, `PACK_INVALID`, `PACK_ALERT_NAME_MISMATCH`.
 */
export const readPack = (value: unknown, source: string): AlertPack => {
  if (typeof value !== "object" || value === null || !(ALERT_PACK in value) || !("alerts" in value))
    throw packError(
      source,
      "the default export is not a pack. Expected: export default definePack({ alerts: { ... } })",
    );
  checkVersion(source, value[ALERT_PACK]);
  // Packs of older copies have neither rules nor fields nor indices nor parsers.
  const rules = "rules" in value ? rulesOf(source, value.rules) : null;
  const parsers = readParsers(source, "parsers" in value ? value.parsers : undefined);
  return Object.freeze({
    [ALERT_PACK]: ALERT_API_VERSION,
    alerts: alertsOf(source, value.alerts, rules !== null || parsers.length > 0),
    rules,
    fields: readFields(source, "fields", "fields" in value ? value.fields : undefined),
    indices: readIndices(source, "indices" in value ? value.indices : undefined),
    parsers,
  });
};

const alertsOf = (source: string, alerts: unknown, hasMore: boolean): AlertPack["alerts"] => {
  if (typeof alerts !== "object" || alerts === null || (Object.keys(alerts).length === 0 && !hasMore))
    throw packError(source, `"alerts" is empty. Received: ${preview(alerts)}`);
  for (const [name, entry] of Object.entries(alerts)) checkEntry(source, name, entry);
  return Object.freeze({ ...alerts });
};

const rulesOf = (source: string, rules: unknown): Rules | null => {
  if (rules === undefined || rules === null) return null;
  if (typeof rules === "function") return rules as LoadRules;
  if (Array.isArray(rules)) return Object.freeze([...(rules as readonly RuleEntry[])]);
  throw packError(source, `"rules" is neither a list nor a function. Received: ${preview(rules)}`);
};

const ENTRY_KEYS = ["task", "schedule", "enabled", "config", "about", "rules"];

const checkEntry = (source: string, name: string, entry: unknown): void => {
  const task = checkRunnable(`${source}: alerts.${name}`, entry, ENTRY_KEYS, "PACK_INVALID");
  if (task.name !== name) throw nameMismatch(source, name, task.name);
  const { rules } = entry as { readonly rules?: unknown };
  if (rules !== undefined && typeof rules !== "function")
    throw packError(source, `alerts.${name}.rules is not a function. Received: ${preview(rules)}`);
};

const nameMismatch = (source: string, name: string, className: string): AlertError =>
  new AlertError(
    "PACK_ALERT_NAME_MISMATCH",
    `${source}: alerts.${name} holds the class ${JSON.stringify(className)}. Key and class name have to be the same: the class name is the identity of the alert. Was the pack minified? Build it with names kept.`,
  );
