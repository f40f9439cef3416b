// Runs programs and remembers what is still running, so that nothing is left behind.
import { spawn } from "node:child_process";

const running = new Set();

const start = (command, args, { cwd, env }) => {
  // A group of its own: package managers start programs that start programs.
  const child = spawn(command, args, { cwd, env, detached: true, stdio: ["ignore", "pipe", "pipe"] });
  running.add(child);
  child.once("exit", () => running.delete(child));
  child.output = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (text) => (child.output += text));
  return child;
};

/**
 * Runs a program to its end.
 *
 * @param {{ cwd: string, env: object, code?: number }} options - `code`: the exit code that is expected, default 0.
 * @returns {Promise<string>} what it printed.
 * @throws when it ends otherwise, with all that it printed.
 */
export const run = (command, args, { code = 0, ...options }) =>
  new Promise((resolve, reject) => {
    const child = start(command, args, options);
    child.on("error", reject);
    child.on("close", (received) => {
      if (received === code) resolve(child.output);
      else
        reject(
          new Error(
            `${command} ${args.join(" ")} (in ${options.cwd}): expected exit code ${code}, received ${received}.\n${child.output}`,
          ),
        );
    });
  });

/**
 * Starts a service and waits for a line of its output.
 *
 * @returns {Promise<{ match: RegExpExecArray, stop: () => Promise<string> }>} `stop` resolves to all it has printed.
 */
export const serve = (command, args, { until, ...options }) =>
  new Promise((resolve, reject) => {
    const child = start(command, args, options);
    const ended = new Promise((done) => child.once("close", done));
    const stop = async () => {
      end(child, "SIGTERM");
      await ended;
      return child.output;
    };
    const look = () => {
      const match = until.exec(child.output);
      if (match !== null) resolve({ match, stop });
    };
    child.stdout.on("data", look);
    child.stderr.on("data", look);
    child.on("error", reject);
    child.on("close", (code) =>
      reject(new Error(`${command} ${args.join(" ")} ended with ${code} before it was ready.\n${child.output}`)),
    );
  });

const end = (child, signal) => {
  try {
    process.kill(-child.pid, signal);
  } catch {
    // It has ended by itself.
  }
};

/** Ends whatever is still running. */
export const stopAll = () => {
  for (const child of running) end(child, "SIGKILL");
};
