import { preview } from "@mozdef/query/tools";
import type { z } from "zod";
import { AlertError } from "../alert-error.ts";
import { ALERT_TASK, type AlertTask, type AlertTaskClass } from "../task/alert-task.ts";
import { ALERT_API_VERSION } from "../version.ts";
import { isAlertTaskClass } from "./check-runnable.ts";

/**
 * An alert with its configuration: validated against the schema of its class, defaults filled in, unknown keys refused.
 *
 * @param config - Default `{}`, so the defaults of the schema.
 * @param name - The name of a rule. Default: that of the class.
 * @throws {AlertError} `ALERT_CONFIG_INVALID` naming alert and keys; `ALERT_NOT_A_TASK`, `ALERT_VERSION_INCOMPATIBLE`.
 */
export const createTask = (task: AlertTaskClass, config: unknown = {}, name?: string): AlertTask<unknown> => {
  if (!isAlertTaskClass(task))
    throw new AlertError("ALERT_NOT_A_TASK", "Expected a class that extends AlertTask of @mozdef/alert.");
  if (task[ALERT_TASK] !== ALERT_API_VERSION)
    throw new AlertError(
      "ALERT_VERSION_INCOMPATIBLE",
      `${task.name} was made for version ${String(task[ALERT_TASK])} of the alert contract, this one is ${ALERT_API_VERSION}.`,
    );
  const made = new task(validConfig(task, name ?? task.name, config) as never);
  return name === undefined ? made : Object.defineProperty(made, "name", { value: name });
};

const validConfig = (task: AlertTaskClass, name: string, config: unknown): unknown => {
  if (task.configSchema === undefined) return withoutKeys(name, config);
  const result = strict(task.configSchema).safeParse(config);
  if (result.success) return result.data;
  const issues = result.error.issues.map(
    (issue) => `  ${issue.path.map(String).join(".") || "(whole)"}: ${issue.message}`,
  );
  throw configError(name, `\n${issues.join("\n")}`);
};

/** Objects refuse keys they do not know, whatever the author of the schema chose: a typing error must not pass silently. */
const strict = (schema: z.ZodType): z.ZodType => {
  const known = strictSchemas.get(schema);
  if (known !== undefined) return known;
  const made =
    "strict" in schema && typeof schema.strict === "function"
      ? (schema.strict as () => z.ZodType).call(schema)
      : schema;
  strictSchemas.set(schema, made);
  return made;
};

/** A schema prepares itself at its first use, which takes longer than the use. */
const strictSchemas = new WeakMap<z.ZodType, z.ZodType>();

const withoutKeys = (name: string, config: unknown): object => {
  if (typeof config === "object" && config !== null && Object.keys(config).length === 0) return Object.freeze({});
  throw configError(name, ` it takes no configuration. Received: ${preview(config)}`);
};

const configError = (name: string, reason: string): AlertError =>
  new AlertError("ALERT_CONFIG_INVALID", `The configuration of ${name} is wrong:${reason}`);
