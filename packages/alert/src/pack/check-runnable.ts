import { AlertError, type AlertErrorCode, messageOf } from "../alert-error.ts";
import { readSchedule } from "../schedule/schedule.ts";
import { ALERT_TASK, type AlertTaskClass } from "../task/alert-task.ts";
import { ALERT_API_VERSION } from "../version.ts";
import { aboutProblem } from "./read-about.ts";

/** Whether a value is a class made from `AlertTask`, of whichever copy of this package. */
export const isAlertTaskClass = (value: unknown): value is AlertTaskClass =>
  typeof value === "function" && ALERT_TASK in value;

/**
 * Checks what an alert of a pack and a rule have in common: class, schedule, switch, description, no unknown key.
 *
 * @param where - Pack and alert, for messages. @param code - The code of whatever is wrong beside the class.
 * @returns the class.
 */
export const checkRunnable = (
  where: string,
  entry: unknown,
  keys: readonly string[],
  code: AlertErrorCode,
): AlertTaskClass => {
  const refuse = (reason: string): AlertError => new AlertError(code, `${where}${reason}.`);
  if (typeof entry !== "object" || entry === null || !("task" in entry) || !isAlertTaskClass(entry.task))
    throw new AlertError(
      "ALERT_NOT_A_TASK",
      `${where}.task is not an alert. Expected: a class that extends AlertTask of @mozdef/alert.`,
    );
  checkVersion(where, entry.task[ALERT_TASK]);
  for (const key of Object.keys(entry))
    if (!keys.includes(key)) throw refuse(` has an unknown key "${key}". Expected some of ${keys.join(", ")}`);
  const wrong = scheduleProblem("schedule" in entry ? entry.schedule : undefined);
  if (wrong !== null) throw refuse(`.schedule is wrong. ${wrong}`);
  if ("enabled" in entry && typeof entry.enabled !== "boolean") throw refuse(".enabled is neither true nor false");
  const about = "about" in entry ? entry.about : entry.task.about;
  const problem = about === undefined ? null : aboutProblem(about);
  if (problem !== null) throw refuse(`.${problem}`);
  return entry.task;
};

const scheduleProblem = (schedule: unknown): string | null => {
  try {
    readSchedule(schedule);
    return null;
  } catch (error) {
    return messageOf(error).replace(/\.$/, "");
  }
};

/** @throws {AlertError} `ALERT_VERSION_INCOMPATIBLE`. */
export const checkVersion = (where: string, version: unknown): void => {
  if (version === ALERT_API_VERSION) return;
  throw new AlertError(
    "ALERT_VERSION_INCOMPATIBLE",
    `${where} was made for version ${String(version)} of the alert contract, this service runs version ${ALERT_API_VERSION}. Update the older of the two: the pack, or @mozdef/alert-runner.`,
  );
};
