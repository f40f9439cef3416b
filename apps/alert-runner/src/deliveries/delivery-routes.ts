import type { Delivery } from "@mozdef/alert-api";
import type { Clock, Outbox } from "@mozdef/alert-engine";
import { type AlertStore, listDispatches, replayDispatch, type StoredDispatch } from "@mozdef/alert-store";
import type { FastifyInstance } from "fastify";
import { serve } from "../http/serve.ts";

export interface DeliveryRoutesOptions {
  readonly store: AlertStore;
  readonly clock: Clock;
  readonly outbox: Pick<Outbox, "wake">;
}

/** Sent again in one request. */
const MOST = 1_000;

/** Alerts on their way to the actions of the configuration. */
export const deliveryRoutes = (app: FastifyInstance, { store, clock, outbox }: DeliveryRoutesOptions): void => {
  serve(app, "listDeliveries", async ({ query }) => ({
    deliveries: (await listDispatches(store, query)).map(deliveryView),
  }));

  serve(app, "replayDeliveries", async ({ body: { ids, target, by } }) => {
    const found = await listDispatches(
      store,
      ids === undefined ? { target, status: "dead", size: MOST } : { ids, size: MOST },
    );
    const replayed: string[] = [];
    for (const dispatch of found) if (await replayDispatch(store, dispatch, clock.now())) replayed.push(dispatch.id);
    app.log.info({ by, target, deliveries: replayed.length }, "alerts are sent again");
    outbox.wake();
    return {
      replayed,
      missing: (ids ?? []).filter((id) => !replayed.includes(id)),
      more: ids === undefined && found.length === MOST,
    };
  });
};

const deliveryView = ({ id, target, status, alertid, name, utctimestamp, ...rest }: StoredDispatch): Delivery => ({
  ...{ id, target, status, alert: alertid, name, utctimestamp },
  ...{ event: rest.notice ?? "trigger", route: rest.route ?? null, group: rest.groupid ?? null },
  ...{ escalation: rest.isEscalation ?? false, times: rest.times ?? 0, sentAt: rest.sentat ?? null },
  ...{
    reason: rest.reason ?? null,
    attempts: rest.attempts,
    nextAt: rest.nextat,
    firstAt: rest.firstat,
    error: rest.error,
  },
});
