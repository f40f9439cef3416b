import { existsSync } from "node:fs";
import { join } from "node:path";
import { CreateError } from "../create-error.ts";
import type { Plan } from "../plan/plan.ts";

/**
 * Refuses a plan that would overwrite something.
 *
 * @throws {CreateError} `CREATE_FILE_EXISTS` with the files.
 */
export const checkFiles = ({ root, files }: Plan): void => {
  const existing = files.filter(({ path, change }) => change === "create" && existsSync(join(root, path)));
  if (existing.length === 0) return;
  throw new CreateError(
    "CREATE_FILE_EXISTS",
    [
      ...existing.slice(0, 10).map(({ path }) => `${path} already exists.`),
      ...(existing.length > 10 ? [`... and ${existing.length - 10} more files.`] : []),
      "Nothing was written. Choose another name or folder, or overwrite with --force.",
    ].join("\n"),
  );
};
