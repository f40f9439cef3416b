import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { Asker, Terminal } from "../src/cli/terminal.ts";
import { runCommand } from "../src/run-command.ts";

/** What a call of the command has printed and started. */
export interface Outcome {
  readonly code: number;
  readonly out: string;
  readonly err: string;
  readonly started: readonly string[];
}

export interface RunOptions {
  readonly asker?: Asker | null;
  readonly userAgent?: string;
  readonly node?: string;
  /** Programs that are not installed. */
  readonly without?: readonly string[];
  /** Exit code of each program that is started. */
  readonly exitCode?: number;
}

/** Runs the command in a folder, without a process of its own; programs are noted, not started. */
export const runIn = async (cwd: string, words: readonly string[], options: RunOptions = {}): Promise<Outcome> => {
  const [out, err, started]: [string[], string[], string[]] = [[], [], []];
  const terminal: Terminal = {
    out: (text) => out.push(text),
    err: (text) => err.push(text),
    cwd,
    env: { npm_config_user_agent: options.userAgent },
    node: options.node ?? "26.10",
    has: (program) => options.without?.includes(program) !== true,
    asker: options.asker ?? null,
    run: (command, args) => {
      started.push([command, ...args].join(" "));
      return Promise.resolve(options.exitCode ?? 0);
    },
  };
  const code = await runCommand(words, terminal);
  return { code, out: out.join("\n"), err: err.join("\n"), started };
};

/** A new folder with files in it. */
export const folderWith = (files: Readonly<Record<string, string>> = {}): string => {
  const folder = mkdtempSync(join(tmpdir(), "create-mozdef-alert-"));
  writeFiles(folder, files);
  return folder;
};

export const writeFiles = (folder: string, files: Readonly<Record<string, string>>): void => {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
};

/** Answers questions in order; a question too many fails the test. */
export const answering = (...answers: readonly string[]): Asker & { readonly questions: string[] } => {
  const left = [...answers];
  const questions: string[] = [];
  const next = (question: string): string => {
    questions.push(question);
    const answer = left.shift();
    if (answer === undefined) throw new Error(`No answer for: ${question}`);
    return answer;
  };
  return {
    questions,
    text: (question, { check }) => {
      const answer = next(question);
      const problem = check(answer);
      return problem === undefined ? Promise.resolve(answer) : Promise.reject(new Error(problem));
    },
    choose: (question, choices) => {
      const answer = next(question);
      const choice = choices.find(({ label }) => label === answer);
      if (choice === undefined)
        throw new Error(`${answer} is not one of ${choices.map(({ label }) => label).join(", ")}`);
      return Promise.resolve(choice.value);
    },
  };
};
