import { messageOf } from "@mozdef/alert";
import { AlertError } from "@mozdef/alert/runtime";

/** What is wrong with a file or a list that a plugin reads. */
export const dataError = (message: string, cause?: unknown): AlertError =>
  new AlertError("PLUGIN_DATA_INVALID", message, { cause });

/** The same for whatever was thrown, which may be one already. */
export const asDataError = (what: string, thrown: unknown): AlertError =>
  thrown instanceof AlertError && thrown.code === "PLUGIN_DATA_INVALID"
    ? thrown
    : dataError(`${what}: ${messageOf(thrown)}`, thrown);
