import { StoreError, tlsOptions } from "@mozdef/alert-store";
import { LogReader, readEvents } from "@mozdef/event-intake";
import { isUtf8 } from "node:buffer";
import { once } from "node:events";
import { createServer as createTcpServer, type Server, type Socket } from "node:net";
import { createServer as createTlsServer, type TlsOptions } from "node:tls";
import type { SyslogConfig } from "../config/intake-schema.ts";
import { parsedEvent } from "../intake/event-reader.ts";
import type { IntakeOptions } from "../intake/intake-options.ts";
import { RunnerError } from "../runner-error.ts";
import { listenForDatagrams } from "./datagrams.ts";
import { EventQueue, type Waiting } from "./event-queue.ts";
import { type Frame, Framing, trimmed } from "./framing.ts";

export interface SyslogOptions extends IntakeOptions {
  readonly syslog: SyslogConfig;
  /** What paths of the configuration are relative to. */
  readonly folder: string;
  /** Where to listen unless the configuration says another address. */
  readonly host: string;
}

/** Codes of what `/status` tells of syslog, beside those of single events. */
export type SyslogErrorCode = "SYSLOG_FULL" | "SYSLOG_LOST" | "SYSLOG_TLS_FAILED";

/** The ports that syslog comes in by. */
export interface SyslogServer {
  /** What it listens on: `udp 127.0.0.1:5514`. Empty when the configuration asks for none. */
  readonly addresses: readonly string[];
  /** Resolves when what has arrived so far is saved or refused. */
  drained(): Promise<void>;
  /** Takes nothing more, and saves what has arrived as far as the store takes it. */
  stop(): Promise<void>;
}

const FULL: SyslogErrorCode = "SYSLOG_FULL";
const LOST: SyslogErrorCode = "SYSLOG_LOST";
const TLS_FAILED: SyslogErrorCode = "SYSLOG_TLS_FAILED";

/** A connection that says nothing for so long is closed, in milliseconds. */
const IDLE_MS = 3_600_000;

/**
 * Listens for syslog by UDP, TCP and TLS. A connection waits while the store is behind; datagrams, whose senders cannot wait, are
 * kept in a share of the memory and then lost, which is counted and said.
 *
 * @throws {RunnerError} `LISTEN_FAILED`.
 */
export const startSyslog = async (options: SyslogOptions): Promise<SyslogServer> => {
  const { syslog, store, clock, limits, watch } = options;
  const host = syslog.host ?? options.host;
  const sockets = new Set<Socket>();
  const queue = new EventQueue({
    store,
    clock,
    underway: options.underway,
    maxBytes: limits.inFlightBytes / 2,
    onOutcome: ({ parsed, sender }, outcome) =>
      watch.count(outcome, { via: "syslog", parser: parsed.parser ?? "none", sender }),
    onRoom: () => {
      for (const socket of sockets) socket.resume();
    },
  });
  const parts: Part[] = [];
  const onSocket = (socket: Socket): void => {
    sockets.add(socket);
    socket.once("close", () => sockets.delete(socket));
    readSocket(socket, queue, options);
  };
  try {
    if (syslog.udp !== undefined) parts.push(await listenUdp(host, syslog.udp, queue, options));
    if (syslog.tcp !== undefined) parts.push(await listenTcp("tcp", createTcpServer(onSocket), host, syslog.tcp));
    if (syslog.tls !== undefined) {
      const { port, ...files } = syslog.tls;
      const server = createTlsServer(serverTls(files, options.folder), onSocket);
      // A handshake that fails is the sender's: it has no connection yet that could tell.
      server.on("tlsClientError", (error, socket) =>
        watch.refuse(TLS_FAILED, `The handshake with ${socket.remoteAddress ?? "a sender"} failed: ${error.message}`),
      );
      parts.push(await listenTcp("tls", server, host, port));
    }
  } catch (error) {
    await Promise.all(parts.map(({ close }) => close()));
    throw error;
  }
  return {
    addresses: parts.map(({ address }) => address),
    drained: async () => {
      await Promise.all(parts.flatMap((part) => part.idle?.() ?? []));
      await queue.drained();
    },
    stop: async () => {
      const closed = parts.map(({ close }) => close());
      for (const socket of sockets) socket.destroy();
      await Promise.all(closed);
      const lost = await queue.stop();
      if (lost > 0)
        watch.refuse(
          LOST,
          `${lost} events had arrived by syslog when the service stopped, and the store did not take them.`,
        );
    },
  };
};

type TlsFiles = Omit<NonNullable<SyslogConfig["tls"]>, "port">;

const serverTls = ({ cert, key, ca }: TlsFiles, folder: string): TlsOptions => {
  try {
    const options = tlsOptions({ cert, key, ...(ca !== undefined && { ca }) }, folder);
    return { ...options, ...(ca !== undefined && { requestCert: true, rejectUnauthorized: true }) };
  } catch (error) {
    if (!(error instanceof StoreError)) throw error;
    throw new RunnerError("CONFIG_INVALID", `The configuration is wrong: intake.syslog.${error.message}`, {
      cause: error,
    });
  }
};

interface Part {
  readonly address: string;
  readonly close: () => Promise<unknown>;
  /** Resolves when what has arrived so far is in the queue. */
  readonly idle?: () => Promise<void>;
}

const listenTcp = async (kind: string, server: Server, host: string, port: number): Promise<Part> => {
  try {
    server.listen({ host, port });
    await once(server, "listening");
  } catch (cause) {
    throw listenFailed(kind, host, port, cause);
  }
  const bound = server.address();
  const at = typeof bound === "object" && bound !== null ? bound.port : port;
  return { address: `${kind} ${host}:${at}`, close: () => new Promise((resolve) => server.close(resolve)) };
};

const listenUdp = async (host: string, port: number, queue: EventQueue, options: SyslogOptions): Promise<Part> => {
  const { watch } = options;
  try {
    const datagrams = await listenForDatagrams({
      host,
      port,
      onDatagram: (bytes, sender) => readDatagram(bytes, sender, queue, options),
      onLost: (count) => watch.refuse(FULL, TOO_SLOW, count),
      onFailure: (message) => watch.refuse(LOST, `The UDP port failed: ${message}`),
    });
    return {
      address: `udp ${host}:${datagrams.port}`,
      close: () => datagrams.close(),
      idle: () => datagrams.idle(),
    };
  } catch (cause) {
    throw listenFailed("udp", host, port, cause);
  }
};

const listenFailed = (kind: string, host: string, port: number, cause: unknown): RunnerError => {
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new RunnerError(
    "LISTEN_FAILED",
    `Cannot listen for syslog on ${kind} ${host}, port ${port}: ${reason}. Another port: intake.syslog in the configuration.`,
    { cause },
  );
};

const readDatagram = (
  bytes: Buffer,
  sender: string,
  queue: EventQueue,
  { clock, limits, watch, parsers, syslog: { zoneMinutes } }: SyslogOptions,
): void => {
  if (bytes.length > limits.eventBytes) {
    watch.refuse("EVENT_TOO_LARGE", tooLarge(sender, bytes.length, limits.eventBytes));
    return;
  }
  const receivedAt = clock.now();
  const { text, damage } = textOf(trimmed(bytes));
  for (const event of readEvents(text, { receivedAt, via: "syslog", sender, zoneMinutes, parsers })) {
    const parsed = parsedEvent({ line: 1, value: text, damage }, event);
    if (!queue.add({ parsed, sender, receivedAt, bytes: bytes.length })) watch.refuse(FULL, TOO_SLOW);
  }
};

const TOO_SLOW =
  "Datagrams of syslog are lost: the store is slower than they arrive, and their senders cannot wait. Send by TCP.";

const tooLarge = (sender: string, bytes: number, most: number): string =>
  `A message of syslog from ${sender} has ${bytes} bytes, the limit is ${most} (limits.eventBytes).`;

const readSocket = (
  socket: Socket,
  queue: EventQueue,
  { clock, limits, watch, parsers, syslog }: SyslogOptions,
): void => {
  const framing = new Framing(limits.eventBytes);
  const sender = socket.remoteAddress ?? "";
  const take = (frames: readonly Frame[], isEnd: boolean): void => {
    const receivedAt = clock.now();
    for (const frame of frames)
      if ("tooLong" in frame) watch.refuse("EVENT_TOO_LARGE", tooLarge(sender, frame.tooLong, limits.eventBytes));
      else for (const event of eventsOf(frame.bytes, receivedAt)) queue.push(event);

    if (isEnd) for (const event of lastEvents(receivedAt)) queue.push(event);
    if (queue.isFull) socket.pause();
  };
  const { zoneMinutes } = syslog;
  const reader = new LogReader({ receivedAt: clock.now(), via: "syslog", sender, zoneMinutes, parsers });
  const eventsOf = (bytes: Buffer, receivedAt: Date): readonly Waiting[] => {
    const { text, damage } = textOf(bytes);
    return reader.push(text, { receivedAt }).map((event) => ({
      parsed: parsedEvent({ line: event.line, value: text, damage }, event),
      sender,
      receivedAt,
      bytes: bytes.length,
    }));
  };
  const lastEvents = (receivedAt: Date): readonly Waiting[] =>
    reader.end().map((event) => ({
      parsed: parsedEvent({ line: event.line, value: undefined, damage: [] }, event),
      sender,
      receivedAt,
      bytes: JSON.stringify(event.event).length,
    }));
  socket.setTimeout(IDLE_MS, () => socket.destroy());
  socket.on("data", (chunk: Buffer) => take(framing.push(chunk), false));
  // However it ends, also broken off: what came before is kept.
  socket.on("close", () => take(framing.end(), true));
  socket.on("error", () => socket.destroy());
};

const textOf = (bytes: Buffer): { readonly text: string; readonly damage: readonly "encoding"[] } => ({
  text: bytes.toString("utf8"),
  damage: isUtf8(bytes) ? [] : ["encoding"],
});
