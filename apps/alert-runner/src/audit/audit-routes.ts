import { isoUtc } from "@mozdef/alert";
import { type AlertStore, listAudit } from "@mozdef/alert-store";
import type { FastifyInstance } from "fastify";
import { serve } from "../http/serve.ts";

/** What was changed, by whom, and who was refused. */
export const auditRoutes = (app: FastifyInstance, { store }: { readonly store: AlertStore }): void => {
  serve(app, "readAudit", async ({ query: { size, after, ...filter } }) => {
    const { records, next } = await listAudit(store, filter, { size, after });
    const entries = records.map(({ utctimestamp, ...record }) => ({ ...record, at: isoUtc(new Date(utctimestamp)) }));
    return { entries, next };
  });
};
