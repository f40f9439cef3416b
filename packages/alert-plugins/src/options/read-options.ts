import { readOptions as readOptionsOf } from "@mozdef/alert/runtime";
import type { z } from "zod";

/** Options of a plugin, checked, with every default filled in. @throws {AlertError} `PLUGIN_INVALID` naming each key that is wrong. */
export const readOptions = <Schema extends z.ZodType>(
  kind: string,
  schema: Schema,
  options: unknown,
): z.output<Schema> => readOptionsOf("PLUGIN_INVALID", kind, schema, options);
