import { messageOf } from "@mozdef/alert";
import { type AlertTaskClass, isAlertTaskClass } from "@mozdef/alert/runtime";
import { relative } from "node:path";
import { pathToFileURL } from "node:url";
import type { LoadedPack } from "../packs/pack-folder.ts";
import type { Problem } from "./problem.ts";
import type { SourceFile } from "../packs/parse-source.ts";

/**
 * Alerts that are written and in no pack, so that nothing runs them: every exported class with a `main` of its own that is not
 * among the alerts and rules of the pack, and that none of them extends.
 */
export const checkUnlisted = async (
  { path, name, runnables }: Pick<LoadedPack, "path" | "name" | "runnables">,
  files: readonly SourceFile[],
): Promise<readonly Problem[]> => {
  const used = new Set([...runnables.byName.values()].flatMap(({ task }) => lineage(task)));
  const problems: Problem[] = [];
  for (const file of files.filter(({ text }) => /\bclass \w+ extends\b/.test(text))) {
    const where = relative(path, file.path);
    for (const found of await alertsIn(file))
      if (typeof found === "string")
        problems.push({ alert: name, rule: "alert-unlisted", message: `${where} cannot be loaded: ${found}` });
      else if (!used.has(found) && !isUsed(found.name, files))
        problems.push({
          alert: found.name,
          rule: "alert-unlisted",
          message: `stands in ${where} and in no pack, so nothing runs it. Add it to definePack({ alerts }) in the index.ts of the pack, or do not export it.`,
        });
  }
  return problems;
};

/** Rules that are read at run time name the class that they are data for; others may extend it. */
const isUsed = (name: string, files: readonly SourceFile[]): boolean =>
  files.some(({ text }) => new RegExp(`(?:\\btask\\s*:|\\bextends|\\bnew)\\s+${name}\\b`).test(text));

/** A class and those that it extends. */
const lineage = (task: AlertTaskClass): readonly unknown[] => {
  const above: unknown = Object.getPrototypeOf(task);
  return [task, ...(isAlertTaskClass(above) ? lineage(above) : [])];
};

/** The alerts that a module exports, or why it cannot be loaded. */
const alertsIn = async ({ path }: SourceFile): Promise<readonly (AlertTaskClass | string)[]> => {
  try {
    const module = (await import(pathToFileURL(path).href)) as Readonly<Record<string, unknown>>;
    const tasks = Object.values(module).filter(isAlertTaskClass);
    // Without it, a class is a base for others.
    return [...new Set(tasks)].filter(({ prototype }) => "main" in (prototype as object));
  } catch (cause) {
    return [messageOf(cause)];
  }
};
