import { messageOf } from "@mozdef/alert";
import type { Log } from "@mozdef/alert/runtime";
import type { Relay } from "@mozdef/alert-store";
import { type ChildProcess, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import type { Socket } from "node:net";
import { fileURLToPath } from "node:url";
import { CHANNEL_FD, Frames } from "./frames.ts";
import { LogBudget } from "./log-budget.ts";
import type { FromChild, IndexedResult, ToChild } from "./protocol.ts";
import { KnownPlans } from "./unchanged-plans.ts";

/** How a process for alerts is started, and what it may take. */
export interface HostProcessOptions {
  /** The program, which calls `serveHost`. */
  readonly program: URL;
  readonly args?: readonly string[];
  /** Flags of Node.js. Default: those of this process. */
  readonly execArgv?: readonly string[];
  /** Memory in bytes. Measured from outside on Linux; elsewhere only the heap of JavaScript is bounded. */
  readonly memoryBytes: number;
  /** For how long code may keep the process from anything else, in milliseconds. */
  readonly blockMs: number;
  readonly log: Log;
  /** @param cluster - The name of a source that has a cluster of its own; null for the store of the service. */
  readonly relay: (cluster: string | null) => Relay;
  /** Whether a process waits that has loaded all but the alerts, so that new code of theirs is there at once. Default false. */
  readonly hasSpare?: boolean;
}

/** Why a process is no more, for messages: "it blocked its process for more than 5000 ms". */
export type EndReason = string;

/** What a call waits for. */
export interface CallOptions {
  readonly count: number;
  readonly timeoutMs: number;
  readonly onResults: (results: readonly IndexedResult[]) => void;
  readonly signal?: AbortSignal | undefined;
}

/** Beyond the time that the work itself has, in milliseconds. */
const ANSWER_MS = 30_000;

interface Call {
  readonly onResults: CallOptions["onResults"];
  readonly resolve: (ended: EndReason | null) => void;
  open: number;
}

/** The end that is wanted. */
export const STOPPED: EndReason = "the service stops";

const MIB = 1_024 * 1_024;

const KEY_BYTES = 16;

/** Of the memory, what is not the heap of JavaScript: code, buffers, the engine itself. */
const BESIDE_HEAP_BYTES = 64 * MIB;

/** Longest time to load the packs, in milliseconds. */
const START_MS = 60_000;

/** Whether it is still there is looked at in this time, in milliseconds. */
const LOOK_MS = 100;

/** A process that has the code of alerts, as the process sees it that runs them. */
export class HostProcess {
  /** Resolves when it can be asked. Rejects when it never can. */
  readonly ready: Promise<void>;
  /** What its alerts asked for last. */
  readonly plans = new KnownPlans();
  readonly #options: HostProcessOptions;
  readonly #child: ChildProcess;
  readonly #channel: Socket;
  readonly #frames: Frames;
  readonly #log: LogBudget;
  readonly #calls = new Map<number, Call>();
  #onReady: () => void = () => undefined;
  #watch: NodeJS.Timeout | undefined;
  #reason: EndReason | null = null;
  #isRetired = false;
  #late: NodeJS.Timeout | undefined;
  readonly #key = randomBytes(KEY_BYTES);
  #lastCall = 0;
  #pings = 0;
  #pongs = 0;
  #pingedAt = 0;
  #lookedAt = 0;

  constructor(options: HostProcessOptions) {
    this.#options = options;
    const heapMib = Math.max(32, Math.floor((options.memoryBytes - BESIDE_HEAP_BYTES) / MIB));
    const flags = [...(options.execArgv ?? process.execArgv), `--max-old-space-size=${heapMib}`];
    this.#child = spawn(process.execPath, [...flags, fileURLToPath(options.program), ...(options.args ?? [])], {
      // What alerts print is for whoever debugs them. The output of the service is its log, line by line.
      stdio: ["ignore", "ignore", "inherit", "pipe"],
    });
    this.#log = new LogBudget(options.log);
    this.#channel = this.#child.stdio[CHANNEL_FD] as Socket;
    this.#frames = new Frames(this.#channel, {
      key: this.#key,
      hear: (message) => this.#hearSafely(message as FromChild),
      onBroken: (reason) => this.kill(`its process said what nobody understands (${reason})`),
    });
    this.ready = new Promise((resolve, reject) => {
      this.#onReady = () => {
        clearTimeout(this.#late);
        this.#startWatching();
        this.#letGo();
        resolve();
      };
      this.#child.once("error", (error) => {
        this.#ended(messageOf(error));
        reject(error);
      });
      this.#child.once("exit", (code, signal) => {
        clearTimeout(this.#late);
        this.#ended(
          signal === null ? `it ended its process (exit code ${code})` : `its process was ended by ${signal}`,
        );
        reject(new Error(this.#reason ?? "it ended"));
      });
    });
    // Whoever asks is told; nobody may be asking when it ends.
    this.ready.catch(() => undefined);
  }

  /** Has it load the alerts as they are now: until then it has only what runs them. */
  begin(): this {
    this.#late = setTimeout(() => this.kill(`it did not start within ${START_MS / 1_000} s`), START_MS);
    this.#late.unref();
    this.#tell({ kind: "key", key: this.#key });
    return this;
  }

  /** Memory in bytes as the system sees it; 0 where it does not say. */
  get residentBytes(): number {
    return residentBytes(this.#child.pid);
  }

  get isAlive(): boolean {
    return this.#child.exitCode === null && this.#child.signalCode === null && this.#reason === null;
  }

  /** Whether it was asked for one thing only: whatever ended it then is the doing of that. */
  get hasRunOneCall(): boolean {
    return this.#lastCall === 1;
  }

  /**
   * Sends work, and gives what is done as it comes.
   *
   * @param messageOf - Makes the message of its number.
   * @param options.count - How many results there will be.
   * @param options.timeoutMs - Time for each of them, which is kept there: a process that gives no answer long after that is ended.
   * @returns null when all of them came, or why the rest never will.
   */
  call(
    messageOf: (id: number) => Extract<ToChild, { readonly kind: "plan" | "group" | "evaluate" }>,
    { count, timeoutMs, onResults, signal }: CallOptions,
  ): Promise<EndReason | null> {
    if (!this.isAlive) return Promise.resolve(this.#reason ?? "its process has ended");
    const id = ++this.#lastCall;
    this.#child.ref();
    this.#channel.ref();
    return new Promise((resolve) => {
      const abort = (): void => this.#tell({ kind: "abort", id });
      signal?.addEventListener("abort", abort, { once: true });
      if (signal?.aborted === true) abort();
      const late = setTimeout(() => this.kill("its process gave no answer"), timeoutMs + ANSWER_MS);
      const done = (reason: EndReason | null): void => {
        clearTimeout(late);
        signal?.removeEventListener("abort", abort);
        resolve(reason);
      };
      this.#calls.set(id, { onResults, resolve: done, open: count });
      this.#tell(messageOf(id));
    });
  }

  reload(): void {
    this.#tell({ kind: "reload" });
  }

  /** Ends it once what it was asked for is done: another process has its work from now on. */
  retire(): void {
    this.#isRetired = true;
    // Whoever has waited for it to be ready asks it now, and nobody after that.
    const end = (): void => void setImmediate(() => this.#letGo());
    this.ready.then(end, end);
  }

  /** Ends it at once. */
  kill(reason: EndReason): void {
    this.#reason ??= reason;
    this.#child.kill("SIGKILL");
  }

  /** Only what is under way keeps this process alive. */
  #letGo(): void {
    if (this.#calls.size > 0) return;
    if (this.#isRetired) this.kill(STOPPED);
    this.#child.unref();
    this.#channel.unref();
  }

  #tell(message: ToChild): void {
    // It may have ended a moment ago: then its calls end with it.
    this.#frames.say(message);
  }

  /** Code of alerts may send what it likes: nothing of it may end this process. */
  #hearSafely(message: FromChild): void {
    try {
      this.#hear(message);
    } catch (error) {
      this.kill(`its process said what nobody understands (${messageOf(error)})`);
    }
  }

  #hear(message: FromChild): void {
    if (message.kind === "ready") this.#onReady();
    else if (message.kind === "failed") this.#reason = message.message;
    else if (message.kind === "pong") this.#pongs = message.number;
    else if (message.kind === "log") this.#log.say(message.level, message.message, message.fields);
    else if (message.kind === "relay") void this.#relay(message);
    else this.#take(message.id, message.results);
  }

  #take(id: number, results: readonly IndexedResult[]): void {
    const call = this.#calls.get(id);
    if (call === undefined) return;
    call.onResults(results);
    call.open -= results.length;
    if (call.open > 0) return;
    this.#calls.delete(id);
    this.#letGo();
    call.resolve(null);
  }

  async #relay({ id, cluster, request }: Extract<FromChild, { readonly kind: "relay" }>): Promise<void> {
    try {
      this.#tell({ kind: "relayed", id, answer: await this.#options.relay(cluster)(request) });
    } catch (error) {
      this.#tell({ kind: "relayed", id, answer: { failure: messageOf(error) } });
    }
  }

  #ended(reason: EndReason): void {
    this.#reason ??= reason;
    if (this.#reason !== STOPPED) this.#options.log.warn(`the process of the alerts has ended: ${this.#reason}`);
    clearInterval(this.#watch);
    for (const { resolve } of this.#calls.values()) resolve(this.#reason);
    this.#calls.clear();
  }

  #startWatching(): void {
    this.#lookedAt = performance.now();
    this.#watch = setInterval(() => this.#look(), LOOK_MS);
    this.#watch.unref();
  }

  /** A process that does nothing but one thing answers no ping. */
  #look(): void {
    const { blockMs, memoryBytes } = this.#options;
    const now = performance.now();
    // As long as this process was busy itself, an answer may be waiting to be read.
    const lateMs = now - this.#lookedAt;
    if (lateMs > 2 * LOOK_MS) this.#pingedAt += lateMs - LOOK_MS;
    this.#lookedAt = now;
    if (this.#pings === this.#pongs) {
      this.#pingedAt = now;
      this.#tell({ kind: "ping", number: ++this.#pings });
    } else if (now - this.#pingedAt > blockMs) this.kill(`it blocked its process for more than ${blockMs} ms`);
    if (this.residentBytes > memoryBytes)
      this.kill(`its process took more than ${Math.round(memoryBytes / MIB)} MiB of memory`);
  }
}

/** 0 where the system does not say. */
const residentBytes = (pid: number | undefined): number => {
  if (process.platform !== "linux" || pid === undefined) return 0;
  try {
    return Number(/^VmRSS:\s*(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1] ?? 0) * 1_024;
  } catch {
    return 0;
  }
};
