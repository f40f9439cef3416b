// Runs pnpm of the pinned version, on a machine that has only Node and npm. `npx` also puts it on the PATH of what it runs.
import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";

const root = new URL("..", import.meta.url);
const { packageManager } = /** @type {{ packageManager: string }} */ (
  JSON.parse(readFileSync(new URL("package.json", root), "utf8"))
);

/**
 * Runs a program at the root; it gets the signals that end this process.
 *
 * @param {string} command
 * @param {readonly string[]} args
 * @param {{ quiet?: boolean, env?: Readonly<Record<string, string>> }} [options] - `quiet`: without what it prints, errors excepted.
 * @returns {Promise<number>} the exit code
 */
export const runAtRoot = (command, args, { quiet = false, env = {} } = {}) =>
  new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd: root,
      stdio: ["inherit", quiet ? "ignore" : "inherit", "inherit"],
      env: { ...process.env, npm_config_update_notifier: "false", ...env },
    });
    /** @type {NodeJS.SignalsListener} */
    const forward = (signal) => {
      child.kill(signal);
    };
    process.on("SIGINT", forward);
    process.on("SIGTERM", forward);
    child.on("error", reject);
    child.on("exit", (code, signal) => {
      process.off("SIGINT", forward);
      process.off("SIGTERM", forward);
      resolve(code ?? (signal === null ? 1 : 130));
    });
  });

/**
 * @param {readonly string[]} args
 * @param {Parameters<typeof runAtRoot>[2]} [options]
 * @returns {Promise<number>} the exit code
 */
export const pnpm = (args, options) => runAtRoot("npx", ["-y", packageManager, ...args], options);

/** Installs exactly what the lockfile says; exits with a message when that fails. */
export const install = async () => {
  const code = await pnpm(["install", "--frozen-lockfile", "--reporter=append-only", "--loglevel=error"]);
  if (code === 0) return;
  console.error(
    `Installing the dependencies failed (exit code ${code}). Expected: Node 20 or newer (this is ${process.version}) and access to the npm registry.`,
  );
  process.exit(code);
};
