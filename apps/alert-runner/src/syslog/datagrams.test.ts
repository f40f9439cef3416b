import { once } from "node:events";
import { Worker } from "node:worker_threads";
import { expect, it, onTestFinished } from "vitest";
import { type Datagrams, listenForDatagrams } from "./datagrams.ts";

interface Received {
  readonly port: Datagrams;
  readonly texts: string[];
  lost: number;
}

const receive = async (maxBytes?: number): Promise<Received> => {
  const received = { texts: [] as string[], lost: 0 };
  const port = await listenForDatagrams({
    host: "127.0.0.1",
    port: 0,
    ...(maxBytes !== undefined && { maxBytes }),
    onDatagram: (bytes, sender) => received.texts.push(`${sender} ${bytes.toString()}`),
    onLost: (count) => {
      received.lost += count;
    },
    onFailure: (message) => expect.unreachable(message),
  });
  return Object.assign(received, { port });
};

const SENDER = `
  const { createSocket } = require("node:dgram");
  const { workerData: { port, count } } = require("node:worker_threads");
  const socket = createSocket("udp4");
  const send = async (from) => {
    for (let at = from; at < Math.min(from + 20, count); at += 1)
      await new Promise((resolve) => socket.send(String(at), port, "127.0.0.1", resolve));
    if (from + 20 < count) setTimeout(send, 2, from + 20);
    else socket.close();
  };
  void send(0);
`;

/** Sends from another thread, while this one does nothing but wait. */
const sendWhileBusy = async ({ port }: Datagrams, count: number): Promise<void> => {
  const sender = new Worker(SENDER, { eval: true, workerData: { port, count } });
  const ended = once(sender, "exit");
  await once(sender, "online");
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 600);
  await ended;
};

const numbers = (count: number): readonly string[] => Array.from({ length: count }, (_, at) => `127.0.0.1 ${at}`);

it("loses nothing while its own thread is busy", async () => {
  const received = await receive();
  await sendWhileBusy(received.port, 2_000);
  await received.port.close();
  expect(received.texts).toEqual(numbers(2_000));
  expect(received.lost).toBe(0);
});

it("counts what it has no room for, and takes what comes later", async () => {
  const received = await receive(100);
  await sendWhileBusy(received.port, 1_000);
  await received.port.idle();
  const [taken] = [received.texts.length];
  expect(taken).toBeGreaterThan(0);
  expect(received.lost).toBeGreaterThan(0);
  await expect.poll(() => received.texts.length + received.lost).toBe(1_000);
  await received.port.close();
});

it("gives everything that came before it was closed", async () => {
  const received = await receive();
  await sendWhileBusy(received.port, 100);
  await received.port.close();
  expect(received.texts).toHaveLength(100);
});

it("says why it cannot listen", async () => {
  const { port } = await receive();
  onTestFinished(() => port.close());
  const options = { host: "127.0.0.1", port: port.port, onDatagram: () => 0, onLost: () => 0, onFailure: () => 0 };
  await expect(listenForDatagrams(options)).rejects.toThrow("EADDRINUSE");
});
