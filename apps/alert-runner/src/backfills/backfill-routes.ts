import type { Backfill as BackfillView } from "@mozdef/alert-api";
import { isoUtc } from "@mozdef/alert";
import { type Backfill, cancelBackfill, type Clock, listBackfills, type Scheduler } from "@mozdef/alert-engine";
import type { AlertStore } from "@mozdef/alert-store";
import type { FastifyInstance } from "fastify";
import { serve } from "../http/serve.ts";

export interface BackfillRoutesOptions {
  readonly store: AlertStore;
  readonly scheduler: Pick<Scheduler, "backfill">;
  readonly clock: Pick<Clock, "now">;
}

/** Slots of the past, run beside those of the present. */
export const backfillRoutes = (app: FastifyInstance, { store, scheduler, clock }: BackfillRoutesOptions): void => {
  serve(app, "listBackfills", async () => ({ backfills: (await listBackfills(store)).map(viewOf) }));

  serve(app, "createBackfill", async ({ body, answer }) => answer(201, viewOf(await scheduler.backfill(body))));

  serve(app, "cancelBackfill", async ({ params: { id } }) => viewOf(await cancelBackfill(store, id, clock.now())));
};

const viewOf = (backfill: Backfill): BackfillView => {
  const { id, reason, status, alerts, notify, runs, made, failed, error, by } = backfill;
  const { from, to, doneTo, at, endedAt } = backfill;
  return {
    ...{ id, reason, status, alerts, notify, runs, made, failed, error, by },
    ...{ from: time(from), to: time(to), doneTo: time(doneTo), at: time(at) },
    endedAt: endedAt === null ? null : time(endedAt),
  };
};

const time = (text: string): string => isoUtc(new Date(text));
