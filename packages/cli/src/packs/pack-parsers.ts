import { type AlertPack, type EventParser, messageOf } from "@mozdef/alert";
import { parsersOfPacks, readPack } from "@mozdef/alert/runtime";
import { PARSER_NAMES } from "@mozdef/event-intake";
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";
import type { ServiceConfig } from "../service/service-config.ts";
import type { Terminal } from "../terminal.ts";
import { importPack, type LoadedPack, type PackFolder, packsAround } from "./pack-folder.ts";

/** Where parsers come from. */
export interface ParserOrigins extends Pick<Terminal, "cwd" | "err"> {
  /** The pack that a command is about; it goes before another version of itself. Null when it is about none. */
  readonly own: Pick<LoadedPack, "name" | "pack"> | null;
  readonly config: Pick<ServiceConfig, "packs" | "file">;
}

interface NamedPack {
  readonly source: string;
  readonly pack: Pick<AlertPack, "parsers">;
}

/**
 * The parsers that a service would have: of the pack at hand, of those around here and of those of its configuration. What cannot
 * be loaded, and a name that is taken, is told as a warning, since the service would go on without it.
 */
export const packParsers = async ({ own, config, cwd, err }: ParserOrigins): Promise<readonly EventParser[]> => {
  const packs = new Map<string, NamedPack>();
  const replaced = new Set<EventParser>();
  const add = async (source: string, load: () => Promise<NamedPack["pack"]>): Promise<void> => {
    if (packs.has(source)) return;
    try {
      packs.set(source, { source, pack: await load() });
    } catch (cause) {
      err(`warning: the parsers of ${source} are not asked: ${messageOf(cause)}`);
    }
  };
  if (own !== null) packs.set(own.name, { source: own.name, pack: own.pack });
  for (const folder of packsAround(cwd)) {
    if (folder.name === own?.name) for (const parser of await parsersIn(folder)) replaced.add(parser);
    await add(folder.name, () => importPack(folder));
  }
  for (const [index, pack] of config.packs.entries()) {
    const source = typeof pack === "string" ? pack : `packs.${index}`;
    await add(source, async () => {
      const { parsers } = await configuredPack(pack, source, config.file ?? "");
      return { parsers: parsers.filter((parser) => !replaced.has(parser)) };
    });
  }
  const { parsers, conflicts } = parsersOfPacks([...packs.values()], PARSER_NAMES);
  for (const { error } of conflicts) err(`warning: ${error.message}`);
  return parsers;
};

/** What the pack at hand, which may be another version, stands for; nothing when that cannot be loaded any more. */
const parsersIn = async (folder: PackFolder): Promise<readonly EventParser[]> => {
  try {
    return (await importPack(folder)).parsers;
  } catch {
    return [];
  }
};

/** @param file - The configuration: packages are looked for where it lies. */
const configuredPack = async (pack: unknown, source: string, file: string): Promise<AlertPack> => {
  if (typeof pack !== "string") return readPack(pack, source);
  const path = createRequire(file).resolve(pack);
  const module = (await import(pathToFileURL(path).href)) as { readonly default?: unknown };
  return readPack(module.default, source);
};
