// Runs programs and remembers what is still running, so that nothing is left behind.
import { spawn, type ChildProcess } from "node:child_process";

export type Environment = Readonly<Record<string, string | undefined>>;

interface Place {
  readonly cwd: string;
  readonly env: Environment;
}

const running = new Set<ChildProcess>();

const start = (command: string, args: readonly string[], { cwd, env }: Place) => {
  // A group of its own: package managers start programs that start programs.
  const child = spawn(command, args, { cwd, env, detached: true, stdio: ["ignore", "pipe", "pipe"] });
  running.add(child);
  child.once("exit", () => running.delete(child));
  const printed: string[] = [];
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (text: Buffer) => printed.push(text.toString()));
  return { child, output: () => printed.join("") };
};

/**
 * Runs a program to its end; resolves to what it printed.
 *
 * @param options.code - The exit code that is expected. Default 0.
 * @throws when it ends otherwise, with all that it printed.
 */
export const run = (
  command: string,
  args: readonly string[],
  { code = 0, ...place }: Place & { readonly code?: number },
): Promise<string> =>
  new Promise((resolve, reject) => {
    const { child, output } = start(command, args, place);
    child.on("error", reject);
    child.on("close", (received) => {
      if (received === code) resolve(output());
      else
        reject(
          new Error(
            `${command} ${args.join(" ")} (in ${place.cwd}): expected exit code ${code}, received ${String(received)}.\n${output()}`,
          ),
        );
    });
  });

export interface Service {
  readonly match: RegExpExecArray;
  /** Resolves to all it has printed. */
  readonly stop: () => Promise<string>;
}

/** Starts a service and waits for a line of its output. */
export const serve = (
  command: string,
  args: readonly string[],
  { until, ...place }: Place & { readonly until: RegExp },
): Promise<Service> =>
  new Promise((resolve, reject) => {
    const { child, output } = start(command, args, place);
    const ended = new Promise((done) => child.once("close", done));
    const stop = async () => {
      end(child, "SIGTERM");
      await ended;
      return output();
    };
    const look = () => {
      const match = until.exec(output());
      if (match !== null) resolve({ match, stop });
    };
    child.stdout.on("data", look);
    child.stderr.on("data", look);
    child.on("error", reject);
    child.on("close", (code) =>
      reject(new Error(`${command} ${args.join(" ")} ended with ${String(code)} before it was ready.\n${output()}`)),
    );
  });

const end = ({ pid }: ChildProcess, signal: NodeJS.Signals): void => {
  if (pid === undefined) return;
  try {
    process.kill(-pid, signal);
  } catch {
    // It has ended by itself.
  }
};

/** Ends whatever is still running. */
export const stopAll = (): void => {
  for (const child of running) end(child, "SIGKILL");
};
