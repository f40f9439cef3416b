import { connect, type Socket } from "node:net";
import { onTestFinished } from "vitest";
import type { AnswerBody } from "./test-service.ts";

/** A connection on which a test sends what it likes. */
export interface RawConnection {
  readonly socket: Socket;
  /** What has come back so far. */
  readonly received: () => string;
  /** The status of the first answer; undefined before it has come. */
  readonly status: () => number | undefined;
  /** Resolves when the other side has closed, with all that it sent. */
  readonly closed: Promise<string>;
}

/** @param address - Of a service, e.g. `http://127.0.0.1:8080`. */
export const openRaw = (address: string): RawConnection => {
  const { hostname, port } = new URL(address);
  const socket = connect(Number(port), hostname);
  const chunks: Buffer[] = [];
  const received = () => Buffer.concat(chunks).toString("latin1");
  socket.on("data", (chunk: Buffer) => chunks.push(chunk));
  // A service may reset a connection on which it does not read on.
  socket.on("error", () => undefined);
  const closed = new Promise<string>((resolve) => {
    socket.on("close", () => resolve(received()));
  });
  onTestFinished(() => {
    socket.destroy();
  });
  const status = () => {
    const [, digits] = /^HTTP\/1\.1 (\d{3})/.exec(received()) ?? [];
    return digits === undefined ? undefined : Number(digits);
  };
  return { socket, received, status, closed };
};

/** The head of a request, ready for its body. */
export const head = (method: string, path: string, ...headers: readonly string[]): string =>
  [`${method} ${path} HTTP/1.1`, "Host: 127.0.0.1", ...headers, "", ""].join("\r\n");

export interface Sent {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Buffer<ArrayBuffer>;
}

/** Sends a request over a socket of its own and reads the JSON that comes back. */
export const send = async (address: string, path: string, sent: Sent = {}) => {
  const { method = "POST", headers = {}, body } = sent;
  const response = await fetch(new URL(path, address), {
    method,
    headers: { "content-type": "application/x-ndjson", connection: "close", ...headers },
    ...(body !== undefined && { body }),
  });
  return { status: response.status, headers: response.headers, body: (await response.json()) as AnswerBody };
};
