import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import { createInterface } from "node:readline";

const BIN = path.resolve(import.meta.dirname, "../../src/bin.ts");

/** What a runner says once it listens. */
const LISTENS = /alerts: (http:\S+)\/alerts/;

/** Lines of a runner that are kept, for when something is wrong. */
const MOST_LINES = 400;

/** One of several runners of the same alerts, to which anything may happen. */
export class Runner {
  readonly name: string;
  readonly #folder: string;
  readonly #lines: string[] = [];
  #child: ChildProcess | undefined;
  #url: string | undefined;

  constructor(name: string, folder: string) {
    this.name = name;
    this.#folder = folder;
  }

  get isRunning(): boolean {
    return this.#child !== undefined && this.#child.exitCode === null && this.#child.signalCode === null;
  }

  /** Where it listens; undefined as long as it does not. */
  get url(): string | undefined {
    return this.isRunning ? this.#url : undefined;
  }

  get pid(): number | undefined {
    return this.isRunning ? this.#child?.pid : undefined;
  }

  get output(): string {
    return this.#lines.join("\n");
  }

  /** Does not wait until it is ready: it may be struck before. */
  start(): void {
    const child = spawn(process.execPath, ["--conditions=@mozdef/source", BIN], {
      cwd: this.#folder,
      env: { ...process.env, PORT: "0" },
      stdio: ["ignore", "pipe", "pipe"],
    });
    this.#child = child;
    this.#url = undefined;
    for (const input of [child.stdout, child.stderr])
      createInterface({ input }).on("line", (line) => {
        this.#lines.push(line);
        if (this.#lines.length > MOST_LINES) this.#lines.shift();
        // What one has said that is gone may be read when the next one is there.
        if (this.#child === child) this.#url ??= LISTENS.exec(line)?.[1];
      });
  }

  signal(signal: NodeJS.Signals): void {
    this.#child?.kill(signal);
  }

  async end(signal: NodeJS.Signals): Promise<void> {
    const child = this.#child;
    if (child === undefined || !this.isRunning) return;
    child.kill("SIGCONT");
    child.kill(signal);
    await once(child, "exit");
  }
}
