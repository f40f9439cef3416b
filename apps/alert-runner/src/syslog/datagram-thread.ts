// Runs in a thread of its own: the system keeps few datagrams for a process that is busy, and drops the rest without a word. This one
// is never busy for long, whatever the other does.
import { createSocket, type SocketType } from "node:dgram";
import { once } from "node:events";
import { parentPort, workerData } from "node:worker_threads";

/** What the thread is started with. */
export interface DatagramThreadData {
  readonly type: SocketType;
  readonly address: string;
  readonly port: number;
  /** Bytes that the system is asked to keep of what the thread has not read yet; it may give less. */
  readonly systemBytes: number;
  /** Bytes of datagrams on their way to the other thread. What comes beyond is lost. */
  readonly maxBytes: number;
}

/** Datagrams one behind the other. */
export interface DatagramBatch {
  readonly kind: "batch";
  readonly bytes: ArrayBuffer;
  /** Of each datagram. */
  readonly lengths: readonly number[];
  readonly senders: readonly string[];
  /** How many were lost since the batch before, since the other thread was too far behind. */
  readonly lost: number;
}

/** What the thread says. `idle` answers a question: everything that had come before it was sent on. */
export type ThreadMessage =
  | DatagramBatch
  | { readonly kind: "listening"; readonly port: number }
  | { readonly kind: "failed"; readonly message: string }
  | { readonly kind: "idle" | "closed" };

/** What it is told: so many bytes were taken, it is asked whether it is idle, or it is to end. */
export type ThreadOrder = { readonly taken: number } | "idle" | "close";

/** Datagrams that come within this time are sent on together, in milliseconds. */
const GATHER_MS = 4;

/** Bytes that are sent on at once. */
const BATCH_BYTES = 64 * 1_024;

if (parentPort === null) throw new Error("This runs in a thread of its own only.");
const port = parentPort;
const { type, address, port: wanted, systemBytes, maxBytes } = workerData as DatagramThreadData;
const socket = createSocket({ type, recvBufferSize: systemBytes });

let [datagrams, senders]: [Buffer[], string[]] = [[], []];
let [waiting, onTheWay, lost] = [0, 0, 0];
let timer: NodeJS.Timeout | undefined;

const say = (message: ThreadMessage): void => port.postMessage(message);

const sendOn = (): void => {
  clearTimeout(timer);
  timer = undefined;
  if (datagrams.length === 0 && lost === 0) return;
  const bytes = new Uint8Array(waiting);
  let at = 0;
  for (const datagram of datagrams) {
    bytes.set(datagram, at);
    at += datagram.length;
  }
  const lengths = datagrams.map(({ length }) => length);
  const batch: DatagramBatch = { kind: "batch", bytes: bytes.buffer, lengths, senders, lost };
  port.postMessage(batch, [batch.bytes]);
  [datagrams, senders, waiting, lost] = [[], [], 0, 0];
};

socket.on("message", (datagram, { address: sender }) => {
  timer ??= setTimeout(sendOn, GATHER_MS);
  if (onTheWay + datagram.length > maxBytes && onTheWay > 0) {
    lost += 1;
    return;
  }
  datagrams.push(datagram);
  senders.push(sender);
  waiting += datagram.length;
  onTheWay += datagram.length;
  if (waiting >= BATCH_BYTES) sendOn();
});

port.on("message", (order: ThreadOrder) => {
  if (order === "close")
    // One more look at what the system has kept.
    setImmediate(() => setImmediate(() => socket.close()));
  else if (order === "idle")
    setImmediate(() => {
      sendOn();
      say({ kind: "idle" });
    });
  else onTheWay -= order.taken;
});

socket.on("close", () => {
  sendOn();
  say({ kind: "closed" });
  port.close();
});

try {
  socket.bind({ address, port: wanted });
  await once(socket, "listening");
  socket.on("error", (error) => say({ kind: "failed", message: error.message }));
  say({ kind: "listening", port: socket.address().port });
} catch (error) {
  say({ kind: "failed", message: error instanceof Error ? error.message : String(error) });
  port.close();
}
