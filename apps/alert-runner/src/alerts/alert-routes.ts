import { type AlertStore, getAlert, listAlerts, setAlertStatus } from "@mozdef/alert-store";
import type { FastifyInstance } from "fastify";
import type { Clock } from "@mozdef/alert-engine";
import { HttpError } from "../http/http-error.ts";
import { serve } from "../http/serve.ts";
import { withoutUndefined } from "../without-undefined.ts";

export interface AlertRoutesOptions {
  readonly store: AlertStore;
  readonly clock: Clock;
}

/** Reading alerts and saying what became of them. */
export const alertRoutes = (app: FastifyInstance, { store, clock }: AlertRoutesOptions): void => {
  serve(app, "listAlerts", ({ query: { from, size, ...filter } }) =>
    listAlerts(store, withoutUndefined(filter), { from, size }),
  );

  serve(app, "getAlert", async ({ params: { id } }) => found(id, await getAlert(store, id)));

  serve(app, "acknowledgeAlert", async ({ params: { id }, body: { by, undo } }) => {
    const status = undo ? "manual" : "acknowledged";
    return found(id, await setAlertStatus(store, id, { status, by, now: clock.now() }));
  });

  serve(app, "setAlertStatus", async ({ params: { id }, body: { by, status } }) =>
    found(id, await setAlertStatus(store, id, { status, by, now: clock.now() })),
  );
};

const found = <T>(id: string, alert: T | null): T => {
  if (alert !== null) return alert;
  throw new HttpError("ALERT_NOT_FOUND", `There is no alert with the id ${JSON.stringify(id.slice(0, 200))}.`);
};
