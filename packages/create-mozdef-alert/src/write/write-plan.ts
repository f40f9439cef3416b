import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Plan } from "../plan/plan.ts";
import type { Formatter } from "./find-formatter.ts";

/** Writes all files of a plan. */
export const writePlan = async ({ root, files }: Plan, format: Formatter): Promise<void> => {
  // Formatted before the first is written: a failure leaves nothing half done.
  const texts = await Promise.all(files.map(({ path, contents }) => format(join(root, path), contents)));
  for (const [position, { path }] of files.entries()) {
    const file = join(root, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, texts[position] ?? "");
  }
};
