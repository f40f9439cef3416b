import {
  type AlertChange,
  alertGroups,
  alertHistogram,
  listAlerts,
  readAlert,
  relatedEntities,
  StoreError,
} from "@mozdef/alert-store";
import type { InputOf } from "@mozdef/alert-api";
import { isoUtc } from "@mozdef/alert";
import type { FastifyInstance } from "fastify";
import type { Readable } from "node:stream";
import { HttpError } from "../http/http-error.ts";
import { serve } from "../http/serve.ts";
import { withoutUndefined } from "../without-undefined.ts";
import { alertsAsCsv, alertsAsLines } from "./alert-export.ts";
import { alertChanger, type AlertChangerOptions, found } from "./change-alerts.ts";

/** The routes that change one alert. */
type ChangeName =
  "acknowledgeAlert" | "setAlertStatus" | "closeAlert" | "reopenAlert" | "assignAlert" | "commentOnAlert" | "linkAlert";

/** Reading alerts and saying what became of them. */
export const alertRoutes = (app: FastifyInstance, options: AlertChangerOptions): void => {
  const { store, clock } = options;
  serve(app, "listAlerts", ({ query: { from, size, order, after, ...filter } }) =>
    listAlerts(store, withoutUndefined(filter), { from, size, order, after }),
  );

  serve(app, "countAlerts", async ({ query: { buckets: most, ...filter } }) => {
    const { intervalMs, buckets } = await alertHistogram(store, withoutUndefined(filter), { now: clock.now(), most });
    return { intervalMs, buckets: buckets.map(({ at, ...counts }) => ({ at: isoUtc(at), ...counts })) };
  });

  serve(app, "groupAlerts", ({ query: { by, ...filter } }) => alertGroups(store, withoutUndefined(filter), by));

  serve(app, "exportAlertsAsCsv", async ({ query, reply, answer }) => {
    reply.header("content-type", "text/csv; charset=utf-8").header("content-disposition", attachment("csv"));
    return answer(200, asText(await alertsAsCsv(store, withoutUndefined(query))));
  });

  serve(app, "exportAlertsAsJson", async ({ query, reply, answer }) => {
    reply.header("content-type", "application/x-ndjson").header("content-disposition", attachment("ndjson"));
    return answer(200, asText(await alertsAsLines(store, withoutUndefined(query))));
  });

  serve(app, "getAlert", async ({ params: { id }, reply }) => {
    const { alert, version } = found(id, await readAlert(store, id));
    reply.version = version;
    return alert;
  });

  serve(app, "listEntities", async ({ params: { id } }) => ({
    entities: found(id, await relatedEntities(store, id)),
  }));

  const change = alertChanger(app.log, options);

  /** Serves a route that changes one alert and answers it. */
  const serveChange = <Name extends ChangeName>(
    name: Name,
    wantedOf: (body: InputOf<Name>["body"]) => AlertChange,
  ): void =>
    serve<ChangeName>(app, name, async ({ params: { id }, body, ifMatch, reply }) => {
      const { alert, version } = await change(id, body.by, wantedOf(body as InputOf<Name>["body"]), ifMatch);
      reply.version = version;
      return alert;
    });

  serveChange("acknowledgeAlert", ({ undo }) => ({ kind: "status", status: undo ? "manual" : "acknowledged" }));
  serveChange("setAlertStatus", ({ status }) => ({ kind: "status", status }));
  serveChange("closeAlert", ({ reason, comment }) => ({ kind: "close", reason, comment }));
  serveChange("reopenAlert", () => ({ kind: "reopen" }));
  serveChange("assignAlert", ({ assignee }) => ({ kind: "assign", assignee }));
  serveChange("commentOnAlert", ({ text }) => ({ kind: "comment", text }));
  serveChange("linkAlert", ({ url, title }) => ({ kind: "link", url, title }));

  serve(app, "changeAlerts", async ({ body: { ids, change: wanted, by } }) => {
    const outcomes = await inTurns([...new Set(ids)], async (id) => {
      try {
        await change(id, by, withoutUndefined(wanted) as AlertChange);
        return { id };
      } catch (error) {
        return { id, failure: failureOf(error) };
      }
    });
    return {
      changed: outcomes.flatMap(({ id, failure }) => (failure === undefined ? [id] : [])),
      failed: outcomes.flatMap(({ id, failure }) => (failure === undefined ? [] : [{ id, ...failure }])),
    };
  });
};

/** Changes at the same time. */
const AT_ONCE = 8;

const inTurns = async <Item, Result>(
  items: readonly Item[],
  work: (item: Item) => Promise<Result>,
): Promise<readonly Result[]> => {
  const results: Result[] = [];
  for (let start = 0; start < items.length; start += AT_ONCE)
    results.push(...(await Promise.all(items.slice(start, start + AT_ONCE).map(work))));
  return results;
};

/** What cannot be changed for a reason of its own stops no other; anything else is nobody's fault but ours. */
const failureOf = (error: unknown): { readonly code: string; readonly message: string } => {
  if (error instanceof HttpError || error instanceof StoreError) return { code: error.code, message: error.message };
  throw error;
};

const attachment = (ending: string): string => `attachment; filename="alerts.${ending}"`;

/** What is sent piece by piece is a text to whoever asks. */
const asText = (stream: Readable): string => stream as unknown as string;
