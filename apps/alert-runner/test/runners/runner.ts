import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import path from "node:path";

const BIN = path.resolve(import.meta.dirname, "../../src/bin.ts");

/** Lines of a runner that are kept, for when something is wrong. */
const MOST_LINES = 200;

/** One of several runners of the same alerts, to which anything may happen. */
export class Runner {
  readonly name: string;
  readonly #folder: string;
  readonly #lines: string[] = [];
  #child: ChildProcess | undefined;

  constructor(name: string, folder: string) {
    this.name = name;
    this.#folder = folder;
  }

  get isRunning(): boolean {
    return this.#child !== undefined && this.#child.exitCode === null && this.#child.signalCode === null;
  }

  get output(): string {
    return this.#lines.join("");
  }

  /** Does not wait until it is ready: it may be struck before. */
  start(): void {
    const child = spawn(process.execPath, ["--conditions=@mozdef/source", BIN], {
      cwd: this.#folder,
      env: { ...process.env, PORT: "0" },
      stdio: ["ignore", "pipe", "pipe"],
    });
    for (const stream of [child.stdout, child.stderr])
      stream.on("data", (data: Buffer) => {
        this.#lines.push(data.toString());
        if (this.#lines.length > MOST_LINES) this.#lines.shift();
      });
    this.#child = child;
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
