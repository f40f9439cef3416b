// Do real programs work against the store over HTTP: curl, the official Python client, and rsyslog shipping a log file?
//   node --conditions=@mozdef/source test/clients/run.ts
// What is missing is fetched into .cache (Python packages from PyPI, rsyslog from Debian). Exits 1 when a client fails,
// and names those that this machine does not have.
import { execFileSync, spawn } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { shipWithRsyslog } from "./rsyslog.ts";

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
const cache = here("../../../../.cache/clients");

const say = (line: string): void => void process.stdout.write(`${line}\n`);

const hasCommand = (name: string): boolean => {
  try {
    execFileSync(name, ["--version"], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
};

const runPython = (url: string): void => {
  const python = join(cache, "python/bin/python");
  if (!existsSync(python)) execFileSync("python3", ["-m", "venv", join(cache, "python")]);
  execFileSync(python, ["-m", "pip", "install", "-q", "--disable-pip-version-check", "elasticsearch>=9,<10"]);
  execFileSync(python, [here("client.py"), url], { stdio: "inherit" });
};

const runRsyslog = async (url: string): Promise<void> => {
  await shipWithRsyslog(url, join(cache, "rsyslog"));
  say("rsyslog: ok");
};

interface RealClient {
  readonly name: string;
  /** What this machine lacks to run it; undefined = nothing. */
  readonly lacks: () => string | undefined;
  readonly run: (url: string) => void | Promise<void>;
}

const clients: readonly RealClient[] = [
  {
    name: "curl",
    lacks: () => (hasCommand("curl") ? undefined : "curl"),
    run: (url) => void execFileSync(here("curl.sh"), [url], { stdio: "inherit" }),
  },
  { name: "python", lacks: () => (hasCommand("python3") ? undefined : "python3 with venv"), run: runPython },
  { name: "rsyslog", lacks: () => (hasCommand("apt-get") ? undefined : "Debian's apt-get"), run: runRsyslog },
];

/** The command, on any free port, with a store on disk. */
const startStore = async (path: string): Promise<{ url: string; stop: () => Promise<void> }> => {
  const child = spawn(
    process.execPath,
    ["--conditions=@mozdef/source", here("../../src/bin.ts"), "--port", "0", "--path", path],
    {
      stdio: ["ignore", "pipe", "inherit"],
    },
  );
  const url = await new Promise<string>((resolve, reject) => {
    child.once("exit", (code) => reject(new Error(`The store ended with ${String(code)}.`)));
    child.stdout.on("data", (text: Buffer) => {
      const found = /http:\S+/.exec(text.toString())?.[0];
      if (found !== undefined) resolve(found);
    });
  });
  const ended = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  return { url, stop: () => (child.kill(), ended) };
};

const path = mkdtempSync(join(tmpdir(), "embedded-search-clients-"));
const store = await startStore(path);
try {
  for (const { name, lacks, run } of clients) {
    const missing = lacks();
    if (missing === undefined) await run(store.url);
    else say(`${name}: left out, this machine lacks ${missing}`);
  }
} catch (error) {
  say(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
} finally {
  await store.stop();
  rmSync(path, { recursive: true, force: true });
}
