import { readOptions as readOptionsOf } from "@mozdef/alert/runtime";
import type { z } from "zod";

/** Options of an action, checked, with every default filled in. @throws {AlertError} `ACTION_INVALID` naming each key that is wrong. */
export const readOptions = <Schema extends z.ZodType>(
  kind: string,
  schema: Schema,
  options: unknown,
): z.output<Schema> => readOptionsOf("ACTION_INVALID", kind, schema, options);
