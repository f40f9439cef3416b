import { createSocket } from "node:dgram";
import { once } from "node:events";
import { type AddressInfo, createServer, type Server, type Socket } from "node:net";
import { createServer as createTlsServer } from "node:tls";
import { onTestFinished } from "vitest";

export interface SyslogMessage {
  readonly priority: number;
  readonly time: string;
  readonly host: string;
  readonly app: string;
  readonly id: string;
  readonly text: string;
}

const RFC_5424 =
  /^<(\d{1,3})>1 (\S+) ([\x21-\x7E]{1,255}) ([\x21-\x7E]{1,48}) ([\x21-\x7E]{1,128}) ([\x21-\x7E]{1,32}) - (.*)$/su;

/** A message as RFC 5424 has it; anything else is an error. */
export const parsed = (message: string): SyslogMessage => {
  const match = RFC_5424.exec(message);
  if (match === null) throw new Error(`no message of RFC 5424: ${message}`);
  const [, priority, time = "", host = "", app = "", , id = "", text = ""] = match;
  return { priority: Number(priority), time, host, app, id, text };
};

/** Messages with their lengths before them: RFC 6587, RFC 5425. */
const framesOf = (bytes: Buffer): readonly string[] => {
  const frames: string[] = [];
  let rest = bytes;
  while (rest.length > 0) {
    const [, digits = ""] = /^([1-9]\d*) /.exec(rest.subarray(0, 20).toString("latin1")) ?? [];
    const [from, to] = [digits.length + 1, digits.length + 1 + Number(digits)];
    if (digits === "" || to > rest.length) throw new Error(`no frame: ${rest.toString()}`);
    frames.push(rest.subarray(from, to).toString());
    rest = rest.subarray(to);
  }
  return frames;
};

/** A server over TCP, or over TLS with a certificate, that gives each connection's messages when it ends. */
export const openStreamServer = async (protection?: { readonly cert: string; readonly key: string }) => {
  const received: string[] = [];
  const onSocket = (socket: Socket): void => {
    const chunks: Buffer[] = [];
    socket.on("data", (chunk: Buffer) => chunks.push(chunk));
    socket.on("end", () => void received.push(...framesOf(Buffer.concat(chunks))));
    socket.on("error", () => undefined);
  };
  const server: Server = protection === undefined ? createServer(onSocket) : createTlsServer(protection, onSocket);
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => void server.close());
  return { received, port: (server.address() as AddressInfo).port };
};

export const openDatagramServer = async () => {
  const received: string[] = [];
  const socket = createSocket("udp4", (message) => void received.push(message.toString()));
  socket.bind(0, "127.0.0.1");
  await once(socket, "listening");
  onTestFinished(() => void socket.close());
  return { received, port: socket.address().port };
};
