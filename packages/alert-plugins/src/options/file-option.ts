import { fileURLToPath } from "node:url";
import { z } from "zod";

/** A file: a path, from the working directory of the service unless it is absolute, or `new URL("...", import.meta.url)`. */
export const file = z
  .union([z.string().min(1), z.instanceof(URL)], { error: "expected a path, or a URL with file:" })
  .refine((value) => typeof value === "string" || value.protocol === "file:", "expected a path, or a URL with file:")
  .transform((value) => (typeof value === "string" ? value : fileURLToPath(value)));
