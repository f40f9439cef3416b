import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { createInterface } from "node:readline";

const APP = path.resolve(import.meta.dirname, "../..");

/** How the service is started: from its sources, or as it was built. */
const ENTRIES = {
  source: ["--conditions=@mozdef/source", path.join(APP, "src/bin.ts")],
  built: [path.join(APP, "dist/bin.js")],
};

/** A folder with a configuration and a store on disk. */
export interface Site {
  readonly folder: string;
  readonly remove: () => void;
}

/** @param config - The source text of the default export of `mozdef.config.mjs`. */
export const createSite = (config: string): Site => {
  const folder = mkdtempSync(path.join(tmpdir(), "mozdef-service-"));
  writeFileSync(path.join(folder, "mozdef.config.mjs"), `export default ${config};\n`);
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
};

/** A service that runs as a process of its own. */
export interface ServiceProcess {
  readonly url: string;
  /** Sends a signal and waits for the end. @returns exit code, or null when it was killed. */
  readonly end: (signal: NodeJS.Signals) => Promise<number | null>;
  readonly output: () => string;
}

/** Starts the service on a free port and waits until it listens. */
export const startService = async (
  { folder }: Site,
  entry: keyof typeof ENTRIES,
  port = 0,
  args: readonly string[] = [],
): Promise<ServiceProcess> => {
  const child = spawnRunner(folder, entry, args, { PORT: String(port) });
  const output: string[] = [];
  const url = await new Promise<string>((resolve, reject) => {
    for (const stream of [child.stdout, child.stderr])
      createInterface({ input: stream }).on("line", (line) => {
        output.push(line);
        const address = /alerts: (https?:\S+)\/alerts/.exec(line)?.[1];
        if (address !== undefined) resolve(address);
      });
    child.once("exit", (code) => reject(new Error(`The service ended with ${String(code)}:\n${output.join("\n")}`)));
  });
  return {
    url,
    output: () => output.join("\n"),
    end: async (signal) => {
      if (child.exitCode !== null || child.signalCode !== null) return child.exitCode;
      child.kill(signal);
      await once(child, "exit");
      return child.exitCode;
    },
  };
};

/** Runs a command of the service to its end. */
export const runCommand = async (
  { folder }: Site,
  args: readonly string[],
  input = "",
): Promise<{ readonly code: number | null; readonly output: string }> => {
  const child = spawnRunner(folder, "source", args, {});
  child.stdin.end(input);
  const output: Buffer[] = [];
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk: Buffer) => output.push(chunk));
  await once(child, "close");
  return { code: child.exitCode, output: Buffer.concat(output).toString() };
};

const spawnRunner = (
  folder: string,
  entry: keyof typeof ENTRIES,
  args: readonly string[],
  env: Record<string, string>,
) =>
  spawn(process.execPath, [...ENTRIES[entry], ...args], {
    cwd: folder,
    env: { ...process.env, ...env },
    stdio: ["pipe", "pipe", "pipe"],
  }) satisfies ChildProcess;

/** Sends JSON and reads JSON. */
export const request = async <T>(url: string, method = "GET", json?: unknown): Promise<T> => {
  const body =
    json === undefined ? {} : { body: JSON.stringify(json), headers: { "content-type": "application/json" } };
  const response = await fetch(url, { method, ...body });
  if (!response.ok) throw new Error(`${method} ${url}: ${response.status} ${await response.text()}`);
  return (await response.json()) as T;
};

/** What `GET /api/alerts` answers, as far as tests look. */
export interface ListedAlerts {
  readonly total: number;
  readonly alerts: readonly { readonly _id: string; readonly _source: Readonly<Record<string, unknown>> }[];
}

/** Ten failed logins: what AlertBruteforceSsh looks for. */
export const failedLogins = (address: string, hostname: string): object[] =>
  Array.from({ length: 10 }, () => ({
    summary: `Failed password for invalid user admin from ${address}`,
    hostname,
    details: { program: "sshd", sourceipaddress: address },
  }));

/**
 * The ssh pack with one alert at every second, so that no test has to wait for a minute. Others that see the same events
 * are off: when a test runs over a full minute, they would add theirs.
 */
export const EVERY_SECOND = `{
  packs: ["@mozdef/alerts-ssh"],
  alerts: {
    AlertBruteforceSsh: { enabled: true, schedule: { kind: "interval", everyMs: 1000 } },
    AlertSshDistributedGuessing: { enabled: false },
    AlertSshLoginAfterFailures: { enabled: false },
    AlertSshPasswordGuessing: { enabled: false },
    AlertSshPasswordSpraying: { enabled: false },
  },
}`;
