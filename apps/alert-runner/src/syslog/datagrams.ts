import { messageOf } from "@mozdef/alert";
import { once } from "node:events";
import { Worker } from "node:worker_threads";
import type { DatagramBatch, DatagramThreadData, ThreadMessage, ThreadOrder } from "./datagram-thread.ts";

export interface DatagramsOptions {
  readonly host: string;
  readonly port: number;
  readonly onDatagram: (bytes: Buffer, sender: string) => void;
  /** Told of datagrams that are lost since this thread was too far behind. */
  readonly onLost: (count: number) => void;
  /** Bytes of datagrams that wait while this thread is busy. Default: those of some ten seconds at 5,000 a second. */
  readonly maxBytes?: number;
  /** The port has failed, after it was open. */
  readonly onFailure: (message: string) => void;
}

/** A port that datagrams come in by. */
export interface Datagrams {
  readonly port: number;
  /** Resolves when what the process had of them was given to `onDatagram`. */
  idle(): Promise<void>;
  close(): Promise<void>;
}

/** Bytes that the system keeps of datagrams which the thread has not read yet. */
const SYSTEM_BYTES = 8 * 1_024 * 1_024;

const MAX_BYTES = 16 * 1_024 * 1_024;

/** The same file before and after building. */
const THREAD = new URL(
  import.meta.url.endsWith(".ts") ? "./datagram-thread.ts" : "./datagram-thread.js",
  import.meta.url,
);

/** Listens by UDP in a thread of its own. @throws {Error} with the reason when it cannot. */
export const listenForDatagrams = async (options: DatagramsOptions): Promise<Datagrams> => {
  const type = options.host.includes(":") ? "udp6" : "udp4";
  const { host: address, port, maxBytes = MAX_BYTES } = options;
  const workerData: DatagramThreadData = { type, address, port, systemBytes: SYSTEM_BYTES, maxBytes };
  const worker = new Worker(THREAD, { workerData });
  const thread = new DatagramThread(worker, options);
  const first = await thread.next("listening", "failed");
  if (first.kind === "listening") return thread.asDatagrams(first.port);
  await worker.terminate();
  throw new Error(first.kind === "failed" ? first.message : "The thread ended.");
};

class DatagramThread {
  readonly #worker: Worker;
  readonly #options: DatagramsOptions;
  #hasEnded = false;
  #asked: { readonly kinds: readonly string[]; readonly resolve: (message: ThreadMessage) => void }[] = [];

  constructor(worker: Worker, options: DatagramsOptions) {
    this.#worker = worker;
    this.#options = options;
    worker.on("message", (message: ThreadMessage) => this.#hear(message));
    worker.on("error", (error) => this.#hear({ kind: "failed", message: messageOf(error) }));
    worker.on("exit", () => this.#end());
  }

  /** The next message of one of these kinds. */
  next(...kinds: readonly ThreadMessage["kind"][]): Promise<ThreadMessage> {
    return new Promise((resolve) => this.#asked.push({ kinds, resolve }));
  }

  asDatagrams(port: number): Datagrams {
    return {
      port,
      idle: async () => {
        if (this.#hasEnded) return;
        this.#order("idle");
        await this.next("idle");
      },
      close: async () => {
        if (this.#hasEnded) return;
        const ended = once(this.#worker, "exit");
        this.#order("close");
        await ended;
      },
    };
  }

  /** Whoever waits for an answer gets none any more. */
  #end(): void {
    this.#hasEnded = true;
    for (const { resolve } of this.#asked) resolve({ kind: "closed" });
    this.#asked = [];
  }

  #order(order: ThreadOrder): void {
    this.#worker.postMessage(order);
  }

  #hear(message: ThreadMessage): void {
    const asked = this.#asked.find(({ kinds }) => kinds.includes(message.kind));
    if (message.kind === "batch") this.#take(message);
    else if (message.kind === "failed" && asked === undefined) this.#options.onFailure(message.message);
    this.#asked = this.#asked.filter((other) => other !== asked);
    asked?.resolve(message);
  }

  #take({ bytes, lengths, senders, lost }: DatagramBatch): void {
    let at = 0;
    for (const [index, length] of lengths.entries()) {
      this.#options.onDatagram(Buffer.from(bytes, at, length), senders[index] ?? "");
      at += length;
    }
    if (at > 0) this.#order({ taken: at });
    if (lost > 0) this.#options.onLost(lost);
  }
}
