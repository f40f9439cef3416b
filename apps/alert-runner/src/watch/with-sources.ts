import { spawn } from "node:child_process";

/** Packages of a workspace have their sources under this condition of `exports`; published ones have no such condition. */
const CONDITION = "--conditions=@mozdef/source";

/** Whether this process has to be started again so that packs of a workspace are loaded from their sources. */
export const needsSources = (args: readonly string[], execArgv: readonly string[]): boolean =>
  args.includes("--watch") && !execArgv.includes(CONDITION);

/** Runs the same program with sources. @returns its exit code. */
export const runWithSources = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const [program = "", script = "", ...args] = process.argv;
    const child = spawn(program, [...process.execArgv, CONDITION, script, ...args], { stdio: "inherit" });
    // A terminal sends Ctrl-C to both; whoever stops this one alone means the other.
    const forward = (signal: NodeJS.Signals): void => void child.kill(signal);
    process.on("SIGTERM", forward);
    process.on("SIGHUP", forward);
    process.on("SIGINT", () => undefined);
    child.on("error", reject);
    child.on("close", (code) => resolve(code ?? 1));
  });
