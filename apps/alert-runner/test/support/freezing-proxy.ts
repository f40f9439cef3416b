import { type AddressInfo, connect, createServer, type Socket } from "node:net";

/** What is between a client and a server, and can stand still: connections are taken, and nothing comes back. */
export interface FreezingProxy {
  readonly port: number;
  readonly freeze: () => void;
  /** What was sent meanwhile reaches the server now. */
  readonly thaw: () => void;
  readonly close: () => void;
}

/** @param to - The port of the server. */
export const startFreezingProxy = async (to: number): Promise<FreezingProxy> => {
  const sockets = new Set<Socket>();
  let isFrozen = false;
  const add = (socket: Socket): void => {
    sockets.add(socket);
    socket.on("error", () => socket.destroy());
    socket.on("close", () => sockets.delete(socket));
  };
  const server = createServer((client) => {
    const upstream = connect(to, "127.0.0.1");
    for (const socket of [client, upstream]) add(socket);
    client.pipe(upstream).pipe(client);
    client.on("close", () => upstream.destroy());
    if (isFrozen) for (const socket of [client, upstream]) socket.pause();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    port: (server.address() as AddressInfo).port,
    freeze: () => {
      isFrozen = true;
      for (const socket of sockets) socket.pause();
    },
    thaw: () => {
      isFrozen = false;
      for (const socket of sockets) socket.resume();
    },
    close: () => {
      for (const socket of sockets) socket.destroy();
      server.close();
    },
  };
};
