import { errors } from "@elastic/elasticsearch";
import {
  AWAY,
  BLOCKED,
  BUSY,
  carryOutHalf,
  FULL,
  type Params,
  refusal,
  refuseItems,
  type Send,
  tooLarge,
} from "./refusals.ts";

/** What a fault does to a request, and to the process that has sent it. */
export interface Struck {
  readonly params: Params;
  readonly send: Send;
  /** The process is dead from now on. */
  readonly kill: () => void;
  /** The process stands still; resolves when it goes on. */
  readonly pause: () => Promise<void>;
  /** Does something once so many further requests have been sent. */
  readonly later: (requests: number, act: () => Promise<unknown>) => void;
}

const reset = (): Error => new errors.ConnectionError("connection reset");
const givenUp = (): Error => new errors.TimeoutError("Request timed out");
const isOdd = (item: number): boolean => item % 2 === 1;

/** What can happen to one request. */
export const STRIKES = {
  "never sent": () => Promise.reject(reset()),
  "answer lost": async ({ params, send }) => {
    await send(params);
    throw reset();
  },
  "half carried out, answer lost": async ({ params, send }) => {
    await carryOutHalf(params, send);
    throw reset();
  },
  "never answered": () => Promise.reject(givenUp()),
  "answered late": async ({ params, send }) => {
    await send(params);
    throw givenUp();
  },
  // It has waited somewhere, and comes to the server when others that were sent after it are done.
  "carried out after it was given up": ({ params, send, later }) => {
    later(3, () => send(params).catch(() => undefined));
    return Promise.reject(givenUp());
  },
  "refused with 413": ({ params, send }) => (isDivisible(params) ? Promise.reject(tooLarge()) : send(params)),
  "refused with 429": () => Promise.reject(refusal(BUSY)),
  "refused with 503": () => Promise.reject(refusal(AWAY)),
  "refused since all is blocked": () => Promise.reject(refusal(BLOCKED)),
  "every item refused with 429": ({ params, send }) => refuseItems(params, send, BUSY),
  "every item refused since its index is blocked": ({ params, send }) => refuseItems(params, send, BLOCKED),
  "every second item refused with 503": ({ params, send }) => refuseItems(params, send, AWAY, isOdd),
  "every second item refused since the disk is full": ({ params, send }) => refuseItems(params, send, FULL, isOdd),
  "process killed before": ({ kill }) => {
    kill();
    return Promise.reject(reset());
  },
  "process killed after": async ({ params, send, kill }) => {
    await send(params);
    kill();
    throw reset();
  },
  "process paused before": async ({ params, send, pause }) => {
    await pause();
    return send(params);
  },
  "process paused after": async ({ params, send, pause }) => {
    const answer = await send(params);
    await pause();
    return answer;
  },
} satisfies Readonly<Record<string, (struck: Struck) => Promise<unknown>>>;

export type Fault = keyof typeof STRIKES;

export const FAULTS = Object.keys(STRIKES) as readonly Fault[];

/** Whether there is anything in it that could be too large. */
const isDivisible = ({ bulkBody = [] }: Params): boolean => bulkBody.length > 2;
