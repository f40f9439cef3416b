import { Agent, type IncomingMessage, request } from "node:http";
import { setTimeout as pause } from "node:timers/promises";
import type { LoadRequest } from "./requests.ts";

/** What came of all requests. */
export interface Sent {
  readonly answers: number;
  /** By status. */
  readonly statuses: ReadonlyMap<number, number>;
  /** Answers of another status than expected, and connections that broke; the first few. */
  readonly wrong: readonly string[];
  readonly slowestMs: number;
}

/** How much is sent. */
export interface Load {
  readonly connections: number;
  readonly seconds: number;
  /** Requests at most, of all connections together. */
  readonly perSecond: number;
  readonly requests: readonly LoadRequest[];
}

const MOST_SHOWN = 5;

/** Sends requests in turn over as many connections at once, each of them the next one when it has been answered. */
export const sendFor = async (url: string, { connections, seconds, perSecond, requests }: Load): Promise<Sent> => {
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  const start = performance.now();
  const until = start + seconds * 1_000;
  const statuses = new Map<number, number>();
  const wrong: string[] = [];
  let turn = 0;
  let slowestMs = 0;
  const note = (what: string): void => {
    if (wrong.length < MOST_SHOWN) wrong.push(what);
  };
  const once = async (sent: LoadRequest): Promise<void> => {
    const name = `${sent.options.method ?? ""} ${sent.options.path?.slice(0, 40) ?? ""}`;
    const began = performance.now();
    try {
      const status = await answered(url, sent, agent);
      statuses.set(status, (statuses.get(status) ?? 0) + 1);
      if (status !== sent.status) note(`${name}: expected ${sent.status}, received ${status}`);
    } catch (error) {
      note(`${name}: ${String(error)}`);
    }
    slowestMs = Math.max(slowestMs, Math.round(performance.now() - began));
  };
  const connection = async (): Promise<void> => {
    while (performance.now() < until) {
      turn += 1;
      const next = requests[turn % requests.length];
      await pause(Math.max(0, start + (turn * 1_000) / perSecond - performance.now()));
      if (next !== undefined) await once(next);
    }
  };
  await Promise.all(Array.from({ length: connections }, connection));
  agent.destroy();
  const answers = [...statuses.values()].reduce((sum, count) => sum + count, 0);
  return { answers, statuses, wrong, slowestMs };
};

const answered = (url: string, { options, body }: LoadRequest, agent: Agent): Promise<number> =>
  new Promise((resolve, reject) => {
    request(url, { ...options, agent }, (response: IncomingMessage) => {
      response
        .once("error", reject)
        .once("end", () => resolve(response.statusCode ?? 0))
        .resume();
    })
      .once("error", reject)
      .end(body);
  });
