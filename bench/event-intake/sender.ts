// Sends lines of syslog from a process of its own, as another machine would. Its parent says what, and hears when they are sent.
//   { kind: "tcp" | "udp", port, from, count, aSecond }
import { createSocket } from "node:dgram";
import { once } from "node:events";
import { connect } from "node:net";
import { setTimeout } from "node:timers/promises";
import { syslogLine } from "./inputs.ts";

/** What is to be sent. */
export interface Sending {
  readonly kind: "tcp" | "udp";
  readonly port: number;
  /** Number of the first line. */
  readonly from: number;
  readonly count: number;
  /** Datagrams in a second. */
  readonly aSecond: number;
}

const CHUNK = 500;

const byTcp = async ({ port, from, count }: Sending): Promise<void> => {
  const chunks: Buffer[] = [];
  for (let at = from; at < from + count; at += CHUNK) {
    const length = Math.min(CHUNK, from + count - at);
    chunks.push(Buffer.from(Array.from({ length }, (_, offset) => `${syslogLine(at + offset)}\n`).join("")));
  }
  const socket = connect(port, "127.0.0.1");
  await once(socket, "connect");
  process.send?.("begins");
  for (const chunk of chunks) if (!socket.write(chunk)) await once(socket, "drain");
  socket.end();
  await once(socket, "close");
};

/** Evenly: whatever was due by now, every millisecond. */
const byUdp = async ({ port, from, count, aSecond }: Sending): Promise<void> => {
  const lines = Array.from({ length: count }, (_, offset) => Buffer.from(syslogLine(from + offset)));
  const socket = createSocket("udp4");
  process.send?.("begins");
  const began = performance.now();
  for (let sent = 0; sent < count;) {
    const due = Math.min(count, Math.floor(((performance.now() - began) / 1_000) * aSecond));
    const burst = lines.slice(sent, due);
    await Promise.all(burst.map((line) => new Promise((resolve) => socket.send(line, port, "127.0.0.1", resolve))));
    sent = Math.max(sent, due);
    await setTimeout(1);
  }
  socket.close();
};

process.on("message", (sending: Sending) => {
  void (sending.kind === "tcp" ? byTcp(sending) : byUdp(sending)).then(() => process.send?.("sent"));
});
