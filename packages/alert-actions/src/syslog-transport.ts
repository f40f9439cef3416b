import { createSocket } from "node:dgram";
import { connect, isIP, isIPv6, type Socket } from "node:net";
import { connect as connectTls } from "node:tls";

interface Address {
  readonly host: string;
  readonly port: number;
}

interface StreamAddress extends Address {
  readonly isTls: boolean;
  readonly ca: string | undefined;
}

/** Sends a message as a datagram. That it was sent is all that is known. */
export const sendDatagram = async ({ host, port }: Address, line: string, signal: AbortSignal): Promise<void> => {
  const socket = createSocket(isIPv6(host) ? "udp6" : "udp4");
  const stop = (): void => void socket.close();
  try {
    signal.addEventListener("abort", stop);
    await new Promise<void>((resolve, reject) => {
      socket.once("error", reject);
      socket.send(line, port, host, (error) => (error === null ? resolve() : reject(error)));
    });
  } finally {
    signal.removeEventListener("abort", stop);
    if (!signal.aborted) socket.close();
  }
};

/**
 * Sends a message over a connection of its own, with its length before it: of a connection that is kept, the first message after the server has left
 * it would be lost without an error.
 */
export const sendStream = (address: StreamAddress, line: string, signal: AbortSignal): Promise<void> =>
  new Promise((resolve, reject) => {
    const socket = opened(address);
    const stop = (): void => void socket.destroy(new Error("it was stopped before the message was sent"));
    signal.addEventListener("abort", stop, { once: true });
    socket.once("close", () => signal.removeEventListener("abort", stop));
    socket.once("error", reject);
    socket.once(address.isTls ? "secureConnect" : "connect", () => {
      socket.end(`${Buffer.byteLength(line)} ${line}`, () => {
        resolve();
        // Nothing is expected of the server, and it may never end its half.
        socket.unref().resume();
      });
    });
  });

const opened = ({ host, port, isTls, ca }: StreamAddress): Socket =>
  isTls
    ? connectTls({
        ...{ host, port },
        ...(isIP(host) === 0 && { servername: host }),
        ...(ca !== undefined && { ca }),
      })
    : connect({ host, port });
