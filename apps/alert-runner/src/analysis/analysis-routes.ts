import type { AlertHost, Clock, Exceptions, Scheduler } from "@mozdef/alert-engine";
import type { AlertStore } from "@mozdef/alert-store";
import type { FastifyInstance, FastifyReply } from "fastify";
import type { Config } from "../config/config-schema.ts";
import { serve } from "../http/serve.ts";
import { backtestAlert } from "./backtest-alert.ts";
import { explainAlert } from "./explain-alert.ts";
import { fewAtOnce } from "./few-at-once.ts";

export interface AnalysisRoutesOptions {
  readonly store: AlertStore;
  readonly scheduler: Scheduler;
  readonly host: AlertHost;
  readonly exceptions: Pick<Exceptions, "of">;
  readonly clock: Clock;
  readonly limits: Config["limits"];
}

/** Each asks the store for much: more than these would keep alerts and intake waiting. */
const MOST_AT_ONCE = 2;

/** Questions about an alert that change nothing. */
export const analysisRoutes = (app: FastifyInstance, options: AnalysisRoutesOptions): void => {
  const { scheduler, clock } = options;
  const run = fewAtOnce(MOST_AT_ONCE);

  serve(app, "explainAlert", ({ params: { name }, body: { at, event }, reply }) => {
    const { alert } = scheduler.state(name);
    const now = clock.now();
    return run(() => explainAlert({ ...options, alert, now, at: at ?? now, event, signal: goneOf(reply) }));
  });

  serve(app, "backtestAlert", ({ params: { name }, body, reply }) => {
    const state = scheduler.state(name);
    return run(() => backtestAlert({ ...options, state, now: clock.now(), ...body, signal: goneOf(reply) }));
  });
};

/** Aborted when whoever asked does not wait any longer. */
const goneOf = (reply: FastifyReply): AbortSignal => {
  const gone = new AbortController();
  reply.raw.once("close", () => {
    if (!reply.raw.writableEnded) gone.abort();
  });
  return gone.signal;
};
