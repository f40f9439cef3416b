import type { Parser } from "@mozdef/event-intake";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Workspace } from "../place/project-survey.ts";

/**
 * The parsers of the packs that are there: the service reads events with them. A pack that cannot be loaded is told of, and is no
 * reason to stop.
 */
export const workspaceParsers = async (
  workspace: Workspace | null,
  warn: (text: string) => void,
): Promise<readonly Parser[]> => {
  const parsers: Parser[] = [];
  for (const { name, folder, index } of workspace?.packs ?? []) {
    // Most packs have none: they need not be loaded.
    if (!/\bparsers\b/.test(index)) continue;
    try {
      parsers.push(...(await parsersOf(join(workspace?.root ?? "", folder, "src/index.ts"))));
    } catch (cause) {
      const reason = cause instanceof Error ? cause.message : String(cause);
      warn(`The parsers of ${name} are not asked, since it cannot be loaded: ${reason}`);
    }
  }
  return parsers;
};

const parsersOf = async (file: string): Promise<readonly Parser[]> => {
  const { default: pack } = (await import(pathToFileURL(file).href)) as { readonly default?: unknown };
  const parsers = typeof pack === "object" && pack !== null && "parsers" in pack ? pack.parsers : undefined;
  return Array.isArray(parsers) ? (parsers as readonly Parser[]) : [];
};
