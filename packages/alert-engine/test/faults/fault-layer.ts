import { errors } from "@elastic/elasticsearch";
import type { AlertStore } from "@mozdef/alert-store";

/** What can happen to one request. */
export const FAULTS = [
  "never sent",
  "answer lost",
  "refused with 429",
  "refused with 503",
  "every item refused with 429",
  "every second item refused with 503",
  "process killed before",
  "process killed after",
  "process paused before",
  "process paused after",
] as const;
export type Fault = (typeof FAULTS)[number];

type Request = AlertStore["client"]["transport"]["request"];

interface Params {
  readonly path: string;
  readonly bulkBody?: readonly object[];
}

/** A store as one process sees it, to one request of which something happens. */
export interface FaultyStore {
  readonly store: AlertStore;
  /** Requests so far. */
  readonly requests: () => number;
  /** Whether the fault has happened. */
  readonly hasStruck: () => boolean;
  /** Resolves once the process is paused. */
  readonly paused: Promise<void>;
  readonly resume: () => void;
  /** Whether the process is dead. */
  readonly isDead: () => boolean;
}

/** @param at - The number of the request, from 0; none: nothing happens. */
export const faultyStore = (store: AlertStore, fault: Fault, at = Number.POSITIVE_INFINITY): FaultyStore => {
  const client = store.client.child({});
  const send = client.transport.request.bind(client.transport) as unknown as (
    params: Params,
    options: never,
  ) => Promise<unknown>;
  let [count, isDead, hasStruck] = [0, false, false];
  const [resumed, resume] = signal();
  const [paused, onPaused] = signal();
  const strike = async (params: Params, options: never): Promise<unknown> => {
    hasStruck = true;
    switch (fault) {
      case "never sent":
        throw new errors.ConnectionError("connection reset");
      case "answer lost":
        await send(params, options);
        throw new errors.ConnectionError("connection reset");
      case "refused with 429":
        throw refusal(429);
      case "refused with 503":
        throw refusal(503);
      case "every item refused with 429":
        return withRefusedItems(
          params,
          () => true,
          429,
          (kept) => send(kept, options),
        );
      case "every second item refused with 503":
        return withRefusedItems(
          params,
          (item) => item % 2 === 1,
          503,
          (kept) => send(kept, options),
        );
      case "process killed before":
        isDead = true;
        throw new errors.ConnectionError("killed");
      case "process killed after":
        await send(params, options);
        isDead = true;
        throw new errors.ConnectionError("killed");
      case "process paused before":
        onPaused();
        await resumed;
        return send(params, options);
      case "process paused after": {
        const answer = await send(params, options);
        onPaused();
        await resumed;
        return answer;
      }
    }
  };
  client.transport.request = ((params: Params, options: never) => {
    if (isDead) return Promise.reject(new errors.ConnectionError("killed"));
    const isStruck = count === at;
    count += 1;
    return isStruck ? strike(params, options) : send(params, options);
  }) as unknown as Request;
  return {
    store: Object.freeze({ ...store, client }),
    requests: () => count,
    hasStruck: () => hasStruck,
    paused,
    resume,
    isDead: () => isDead,
  };
};

/** A promise and what resolves it. */
const signal = (): readonly [Promise<void>, () => void] => {
  let done: () => void = () => undefined;
  const promise = new Promise<void>((resolve) => {
    done = resolve;
  });
  return [promise, () => done()];
};

const refusal = (statusCode: number): Error =>
  new errors.ResponseError({
    statusCode,
    headers: {},
    warnings: null,
    meta: {} as never,
    body: { error: { type: "busy", reason: "the server is busy" } },
  });

/** Items of a bulk request; a request of another kind is refused whole. */
const withRefusedItems = async (
  params: Params,
  isRefused: (item: number) => boolean,
  status: number,
  send: (params: Params) => Promise<unknown>,
): Promise<unknown> => {
  const { bulkBody } = params;
  if (bulkBody === undefined || !params.path.includes("_bulk")) throw refusal(status);
  const operations = Array.from({ length: bulkBody.length / 2 }, (_, item) => bulkBody.slice(2 * item, 2 * item + 2));
  const kept = operations.filter((_, item) => !isRefused(item));
  const answered =
    kept.length === 0 ? { items: [] } : ((await send({ ...params, bulkBody: kept.flat() })) as { items: object[] });
  const items = [...answered.items];
  const error = { type: "es_rejected_execution_exception", reason: "the queue is full" };
  return {
    errors: true,
    items: operations.map(([header = {}], item) =>
      isRefused(item) ? { [Object.keys(header)[0] ?? "index"]: { _index: "", status, error } } : items.shift(),
    ),
  };
};
