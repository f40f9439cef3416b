import type { Command } from "commander";
import { readFileSync } from "node:fs";
import { packsAround } from "../packs/pack-folder.ts";

/**
 * What may stand in the place of the last word.
 *
 * @param words - What stands behind `mozdef` so far; the last one is unfinished, and may be empty.
 * @param targets - Names of packs and alerts, asked for only when one may come.
 */
export const candidates = (
  program: Command,
  words: readonly string[],
  targets: () => readonly string[],
): readonly string[] => {
  const begun = words.at(-1) ?? "";
  const fits = (all: readonly string[]): readonly string[] => all.filter((word) => word.startsWith(begun)).sort();
  const shown = program.commands.filter((command) => !HIDDEN.has(command.name()));
  if (words.length <= 1) return fits([...shown.map((command) => command.name()), "--help", "--version"]);
  const command = shown.find((one) => one.name() === words[0]);
  if (command === undefined) return [];
  if (begun.startsWith("-")) return fits([...command.options.flatMap(({ long }) => long ?? []), "--help"]);
  // The value of an option: files are completed by the shell itself.
  const before = command.options.find(({ long }) => long === words.at(-2));
  if (before?.required === true) return [];
  const [argument] = command.registeredArguments;
  if (argument === undefined) return [];
  return fits(argument.argChoices ?? targets());
};

/** What only `mozdef` itself calls. */
const HIDDEN: ReadonlySet<string> = new Set(["complete"]);

/** Names of packs and of their alerts, read from the text of their modules: loading them would take a second at each key. */
export const targetNames = (cwd: string): readonly string[] =>
  packsAround(cwd).flatMap(({ name, entry }) => {
    const alerts = [...readFileSync(entry, "utf8").matchAll(/^\s*(\w+): \{ task: \w+/gm)].map(
      ([, alert = ""]) => alert,
    );
    return [name.replace(/^@mozdef\/alerts-/, ""), ...alerts];
  });
