// Runs pnpm of the pinned version, on a machine that has only Node and npm. `npx` also puts it on the PATH of what it runs.
import "./node-version.mjs";
import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { showing } from "./progress.mjs";

const root = new URL("..", import.meta.url);
const { packageManager } = /** @type {{ packageManager: string }} */ (
  JSON.parse(readFileSync(new URL("package.json", root), "utf8"))
);

/** @satisfies {readonly NodeJS.Signals[]} */
const SIGNALS = /** @type {const} */ (["SIGINT", "SIGTERM", "SIGHUP"]);

/**
 * Runs a program at the root; it gets the signals that end this process.
 *
 * @param {string} command
 * @param {readonly string[]} args
 * @param {object} [options]
 * @param {boolean} [options.quiet] - without what it prints, errors excepted
 * @param {(text: string) => void} [options.onOutput] - gets what it prints in place of the terminal
 * @param {Readonly<Record<string, string>>} [options.env]
 * @returns {Promise<number>} the exit code
 */
export const runAtRoot = (command, args, { quiet = false, onOutput, env = {} } = {}) =>
  new Promise((resolve, reject) => {
    const output = onOutput === undefined ? "inherit" : "pipe";
    const child = spawn(command, args, {
      cwd: root,
      stdio: ["inherit", quiet ? "ignore" : output, output],
      env: { ...process.env, npm_config_update_notifier: "false", ...env },
    });
    for (const stream of [child.stdout, child.stderr]) stream?.on("data", (text) => onOutput?.(String(text)));
    /** @type {NodeJS.SignalsListener} */
    const forward = (signal) => {
      child.kill(signal);
    };
    for (const signal of SIGNALS) process.on(signal, forward);
    child.on("error", reject);
    child.on("close", (code, signal) => {
      for (const signal of SIGNALS) process.off(signal, forward);
      resolve(code ?? (signal === null ? 1 : 130));
    });
  });

/**
 * @param {readonly string[]} args
 * @param {Parameters<typeof runAtRoot>[2]} [options]
 * @returns {Promise<number>} the exit code
 */
export const pnpm = (args, options) => runAtRoot("npx", ["-y", packageManager, ...args], options);

/**
 * Does one step, whose output is shown only when it fails.
 *
 * @param {string} what
 * @param {readonly string[]} args - for pnpm
 * @param {(text: string) => string} [noteOf] - how far it is, by all that it has printed
 * @returns {Promise<number>} the exit code
 */
export const step = async (what, args, noteOf = () => "") => {
  let printed = "";
  const code = await showing(what, (note) =>
    pnpm(args, {
      onOutput: (text) => {
        printed += text;
        note(noteOf(printed));
      },
    }),
  );
  if (code !== 0) process.stderr.write(printed);
  return code;
};

/** Installs exactly what the lockfile says; exits with a message when that fails. */
export const install = async () => {
  const args = ["install", "--frozen-lockfile", "--reporter=append-only", "--loglevel=error"];
  const code = await step("Installing what is missing", args);
  if (code === 0) return;
  console.error(
    `Installing the dependencies failed (exit code ${code}). Expected: Node 20 or newer (this is ${process.version}) and access to the npm registry.`,
  );
  process.exit(code);
};
