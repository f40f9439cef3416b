import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

/** A target that takes every alert and remembers it. */
export interface Receiver {
  readonly url: string;
  /** By the key of the delivery, how often it came. */
  readonly received: ReadonlyMap<string, number>;
  readonly close: () => Promise<void>;
}

export const startReceiver = async (): Promise<Receiver> => {
  const received = new Map<string, number>();
  const server = createServer((incoming, answer) => {
    const key = String(incoming.headers["idempotency-key"]);
    incoming.resume().once("end", () => {
      received.set(key, (received.get(key) ?? 0) + 1);
      answer.end("{}");
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    received,
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
};
