import { type FieldKind, fieldNamed, received } from "@mozdef/query";
import { AlertError, messageOf } from "../alert-error.ts";
import type { Schedule } from "../schedule/schedule.ts";
import { ALERT_TASK, type AlertTaskClass } from "../task/alert-task.ts";
import { ALERT_API_VERSION } from "../version.ts";

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
}

/** What the default export of a pack is. */
export interface AlertPack {
  readonly [ALERT_PACK]: number;
  readonly alerts: Readonly<Record<string, PackEntry>>;
  /** Fields that events have beside MozDef's, and how the store indexes each. For tools: `EventFields` is gone at run time. */
  readonly fields: Readonly<Record<string, FieldKind>>;
}

/**
 * A pack of alerts, the default export of its package. Each alert stands under its class name.
 *
 * @param pack.fields - What the pack adds to `EventFields` of `@mozdef/query`. Default: nothing.
 * @throws {AlertError} `PACK_INVALID`, `PACK_ALERT_NAME_MISMATCH`.
 */
export const definePack = (pack: {
  readonly alerts: AlertPack["alerts"];
  readonly fields?: AlertPack["fields"];
}): AlertPack => readPack({ [ALERT_PACK]: ALERT_API_VERSION, ...pack }, "definePack");

/**
 * A pack that was loaded, checked. The value may come from another copy of this package.
 *
 * @param source - The name of the pack, for messages.
 * @throws {AlertError} `ALERT_VERSION_INCOMPATIBLE` when it was made for another major version of the contract,
 * `ALERT_NOT_A_TASK`, `PACK_INVALID`, `PACK_ALERT_NAME_MISMATCH`.
 */
export const readPack = (value: unknown, source: string): AlertPack => {
  if (typeof value !== "object" || value === null || !(ALERT_PACK in value) || !("alerts" in value))
    throw packError(source, "the default export is no pack. Expected: export default definePack({ alerts: { ... } })");
  checkVersion(source, value[ALERT_PACK]);
  const alerts = value.alerts;
  if (typeof alerts !== "object" || alerts === null || Object.keys(alerts).length === 0)
    throw packError(source, `"alerts" has no alert. Received: ${received(alerts)}`);
  for (const [name, entry] of Object.entries(alerts)) checkEntry(source, name, entry);
  // Packs of older copies have none.
  const fields = fieldsOf(source, "fields" in value ? value.fields : undefined);
  return Object.freeze({ [ALERT_PACK]: ALERT_API_VERSION, alerts: Object.freeze({ ...alerts }), fields });
};

const KINDS: Readonly<Record<FieldKind, true>> = {
  text: true,
  keyword: true,
  ip: true,
  date: true,
  boolean: true,
  geo_point: true,
};

const fieldsOf = (source: string, fields: unknown): AlertPack["fields"] => {
  if (fields === undefined) return Object.freeze({});
  if (typeof fields !== "object" || fields === null)
    throw packError(source, `"fields" is no object with a kind for each field. Received: ${received(fields)}`);
  for (const [name, kind] of Object.entries(fields)) checkFieldKind(source, name, kind);
  return Object.freeze({ ...fields });
};

const checkFieldKind = (source: string, name: string, kind: unknown): void => {
  try {
    fieldNamed(name);
  } catch (cause) {
    throw packError(source, `"fields" names no field: ${messageOf(cause)}`);
  }
  if (typeof kind !== "string" || !Object.hasOwn(KINDS, kind))
    throw packError(
      source,
      `fields[${JSON.stringify(name)}] is no kind. Expected one of ${Object.keys(KINDS).join(", ")}. Received: ${received(kind)}`,
    );
};

/** Whether a value is a class made from `AlertTask`, of whichever copy of this package. */
export const isAlertTaskClass = (value: unknown): value is AlertTaskClass =>
  typeof value === "function" && ALERT_TASK in value;

const ENTRY_KEYS = ["task", "schedule", "enabled", "config"];

const checkEntry = (source: string, name: string, entry: unknown): void => {
  if (typeof entry !== "object" || entry === null || !("task" in entry) || !isAlertTaskClass(entry.task))
    throw new AlertError(
      "ALERT_NOT_A_TASK",
      `${source}: alerts.${name}.task is no alert. Expected: a class that extends AlertTask of @mozdef/alert.`,
    );
  checkVersion(`${source}: ${name}`, entry.task[ALERT_TASK]);
  if (entry.task.name !== name) throw nameMismatch(source, name, entry.task.name);
  for (const key of Object.keys(entry))
    if (!ENTRY_KEYS.includes(key))
      throw packError(source, `alerts.${name} has no key "${key}". Expected some of ${ENTRY_KEYS.join(", ")}`);
  if (!("schedule" in entry) || !isSchedule(entry.schedule))
    throw packError(source, `alerts.${name}.schedule is no schedule. Expected: crontab({ ... }) or interval({ ... })`);
  if ("enabled" in entry && typeof entry.enabled !== "boolean")
    throw packError(source, `alerts.${name}.enabled is neither true nor false`);
};

const isSchedule = (value: unknown): value is Schedule =>
  typeof value === "object" &&
  value !== null &&
  "kind" in value &&
  ["crontab", "interval"].includes(String(value.kind));

const checkVersion = (source: string, version: unknown): void => {
  if (version === ALERT_API_VERSION) return;
  throw new AlertError(
    "ALERT_VERSION_INCOMPATIBLE",
    `${source} was made for version ${String(version)} of the alert contract, this service runs version ${ALERT_API_VERSION}. Update the older of the two: the pack, or @mozdef/alert-runner.`,
  );
};

const nameMismatch = (source: string, name: string, className: string): AlertError =>
  new AlertError(
    "PACK_ALERT_NAME_MISMATCH",
    `${source}: alerts.${name} holds the class ${JSON.stringify(className)}. Key and class name have to be the same: the class name is the identity of the alert. Was the pack minified? Build it with names kept.`,
  );

const packError = (source: string, reason: string): AlertError =>
  new AlertError("PACK_INVALID", `${source}: ${reason}.`);
