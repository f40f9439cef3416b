import { type AlertStore, DEEPEST_ALERT, getAlert, listAlerts, setAlertStatus } from "@mozdef/alert-store";
import { ALERT_STATUSES } from "@mozdef/alert-api";
import type { FastifyInstance } from "fastify";
import { z } from "zod";
import type { Clock } from "@mozdef/alert-engine";
import { readInput } from "../http/read-input.ts";
import { RunnerError } from "../runner-error.ts";
import { withoutUndefined } from "../without-undefined.ts";

const LARGEST_PAGE = 500;

const time = z
  .string()
  .refine(
    (text) => /^\d{4}-\d{2}-\d{2}/.test(text) && !Number.isNaN(Date.parse(text)),
    "expected a time in ISO 8601, e.g. 2026-01-31T12:00:00Z",
  )
  .transform((text) => new Date(text));

/** One value, or several: `severity=ERROR&severity=CRITICAL`. */
const values = z
  .union([z.string(), z.array(z.string()).max(50)])
  .transform((value) => (typeof value === "string" ? [value] : value).filter((text) => text !== ""));

const count = (least: number, most: number, missing: number) => {
  const error = `expected a whole number from ${least} to ${most}`;
  return z.coerce.number({ error }).int(error).min(least, error).max(most, error).default(missing);
};

export const listQuery = z
  .strictObject({
    from: count(0, DEEPEST_ALERT, 0),
    size: count(0, LARGEST_PAGE, 25),
    severity: values.optional(),
    category: values.optional(),
    status: values.optional(),
    classname: values.optional(),
    text: z.string().max(1_000).optional(),
    since: time.optional(),
    until: time.optional(),
  })
  .refine(({ from, size }) => from + size <= DEEPEST_ALERT, {
    error: `from + size can be ${DEEPEST_ALERT} at most; narrow the list by time or filters to see older alerts`,
  });

const by = z.string().trim().min(1).max(200).default("anonymous");
export const acknowledgeBody = z.strictObject({ by, undo: z.boolean().default(false) });
export const statusBody = z.strictObject({ by, status: z.enum(ALERT_STATUSES) });

interface OneAlert {
  Params: { readonly id: string };
}

export interface AlertRoutesOptions {
  readonly store: AlertStore;
  readonly clock: Clock;
}

/** Reading alerts and saying what became of them. */
export const alertRoutes = (app: FastifyInstance, { store, clock }: AlertRoutesOptions): void => {
  app.get("/api/alerts", ({ query }) => {
    const { from, size, ...filter } = readInput(listQuery, query, "query");
    return listAlerts(store, withoutUndefined(filter), { from, size });
  });

  app.get<OneAlert>("/api/alerts/:id", async ({ params: { id } }) => found(id, await getAlert(store, id)));

  app.post<OneAlert>("/api/alerts/:id/acknowledge", async ({ params: { id }, body }) => {
    const { by: who, undo } = readInput(acknowledgeBody, body ?? {}, "body");
    const status = undo ? "manual" : "acknowledged";
    return found(id, await setAlertStatus(store, id, { status, by: who, now: clock.now() }));
  });

  app.post<OneAlert>("/api/alerts/:id/status", async ({ params: { id }, body }) => {
    const { by: who, status } = readInput(statusBody, body, "body");
    return found(id, await setAlertStatus(store, id, { status, by: who, now: clock.now() }));
  });
};

const found = <T>(id: string, alert: T | null): T => {
  if (alert !== null) return alert;
  throw new RunnerError("ALERT_NOT_FOUND", `There is no alert with the id ${JSON.stringify(id.slice(0, 200))}.`);
};
