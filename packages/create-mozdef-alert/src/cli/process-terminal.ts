import { cancel, isCancel, select, text } from "@clack/prompts";
import { visibleLines } from "@mozdef/query/tools";
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { delimiter, join, sep } from "node:path";
import { CreateError } from "../create-error.ts";
import type { Asker, Choice, Terminal } from "./terminal.ts";

/** The terminal of this process. */
export const processTerminal = (): Terminal => ({
  out: (line) => void process.stdout.write(`${visibleLines(line)}\n`),
  err: (line) => void process.stderr.write(`${visibleLines(line)}\n`),
  cwd: process.cwd(),
  env: process.env,
  node: process.versions.node.split(".").slice(0, 2).join("."),
  has: isInstalled,
  asker: process.stdin.isTTY && process.stdout.isTTY && process.env.CI === undefined ? clackAsker : null,
  run: (command, words, { cwd, isQuiet }) =>
    new Promise((resolve) => {
      // Windows starts npm and its like through a shell only; the words are our own.
      const child = spawn(command, [...words], {
        cwd,
        stdio: ["ignore", isQuiet ? 2 : "inherit", "inherit"],
        shell: process.platform === "win32",
      });
      child.on("error", () => resolve(127));
      child.on("exit", (code) => resolve(code ?? 1));
    }),
});

/** Folders that npm and its like put in front for this process alone do not count. */
const isInstalled = (program: string): boolean =>
  (process.env.PATH ?? "")
    .split(delimiter)
    .filter((folder) => !folder.split(sep).some((part) => ["_npx", "node_modules", "dlx"].includes(part)))
    .some((folder) => ["", ".cmd", ".exe"].some((ending) => existsSync(join(folder, program + ending))));

const clackAsker: Asker = {
  text: async (question, { initial, check }) =>
    answered(
      await text({
        message: question,
        ...(initial !== "" && { placeholder: initial, defaultValue: initial }),
        validate: (answer) => check(answer === undefined || answer === "" ? initial : answer),
      }),
    ),
  choose: async <Value extends string>(question: string, choices: readonly Choice<Value>[]) => {
    const options = choices.map(({ hint = "", ...choice }) => ({ ...choice, hint }));
    return answered(await select<string>({ message: question, options })) as Value;
  },
};

const answered = <Value>(answer: Value): Exclude<Value, symbol> => {
  if (!isCancel(answer)) return answer as Exclude<Value, symbol>;
  cancel("Cancelled. Nothing was written.");
  throw new CreateError("CREATE_CANCELLED", "Cancelled. Nothing was written.");
};
