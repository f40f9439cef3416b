import { errors } from "@elastic/elasticsearch";
import type { AlertStore } from "@mozdef/alert-store";
import type { Params } from "./refusals.ts";
import { type Fault, STRIKES, type Struck } from "./strikes.ts";

type Request = AlertStore["client"]["transport"]["request"];

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
  const due = new Map<number, () => Promise<unknown>>();
  const strike = (params: Params, options: never): Promise<unknown> => {
    hasStruck = true;
    const struck: Struck = {
      params,
      send: (sent) => send(sent, options),
      kill: () => {
        isDead = true;
      },
      pause: () => {
        onPaused();
        return resumed;
      },
      later: (requests, act) => due.set(count + requests, act),
    };
    return STRIKES[fault](struck);
  };
  client.transport.request = (async (params: Params, options: never) => {
    if (isDead) throw new errors.ConnectionError("killed");
    const isStruck = count === at;
    count += 1;
    await due.get(count)?.();
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
