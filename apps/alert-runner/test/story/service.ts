import type { Runner } from "../support/runner.ts";

export const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** How long anything may take, runners that are killed meanwhile included. */
const PATIENCE_MS = 120_000;
const AGAIN_MS = 250;
const ANSWER_MS = 15_000;

/** @throws {Error} saying what was waited for, and what there was instead. */
export const until = async (what: string, isSo: () => unknown): Promise<void> => {
  const began = Date.now();
  let last: unknown;
  while (Date.now() - began < PATIENCE_MS) {
    last = await isSo();
    if (last === true) return;
    await pause(AGAIN_MS);
  }
  throw new Error(`Expected: ${what}, within ${PATIENCE_MS / 1_000} s. Received: ${JSON.stringify(last)}.`);
};

/** The HTTP interface of the runners. */
export class Service {
  readonly #runners: readonly Runner[];
  #turn = 0;

  constructor(runners: readonly Runner[]) {
    this.#runners = runners;
  }

  /**
   * Asks one runner after the other until one answers: the one that is asked may be killed, and may have done it. Whoever uses the interface
   * has to do the same.
   */
  async ask<T>(path: string, method = "GET", json?: unknown): Promise<T> {
    let answer: unknown;
    await until(`an answer to ${method} ${path}`, async () => {
      const url = this.#next();
      if (url === undefined) return "no runner listens";
      const asked = await attempt(`${url}${path}`, method, json);
      if ("failure" in asked) return asked.failure;
      answer = asked.json;
      return true;
    });
    return answer as T;
  }

  /** In turn, so that what one has taken is seen by the other. */
  #next(): string | undefined {
    this.#turn += 1;
    const urls = this.#runners.flatMap(({ url }) => (url === undefined ? [] : [url]));
    return urls[this.#turn % urls.length];
  }
}

const attempt = async (url: string, method: string, json: unknown) => {
  const headers = { "content-type": "application/json" };
  const body = json === undefined ? {} : { headers, body: JSON.stringify(json) };
  try {
    const response = await fetch(url, { method, ...body, signal: AbortSignal.timeout(ANSWER_MS) });
    return response.ok
      ? { json: await response.json() }
      : { failure: `${response.status} ${(await response.text()).slice(0, 500)}` };
  } catch (error) {
    return { failure: String(error) };
  }
};
