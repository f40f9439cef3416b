import type { FastifyInstance } from "fastify";
import type { Metrics } from "../metrics.ts";

/** What `GET /status` answers. The first two keys are MozDef's. */
export interface ServiceStatus {
  readonly status: "ok" | "error";
  readonly service: "alert-runner";
  readonly version: string;
  readonly started: string;
  readonly store: { readonly kind: "cluster" | "embedded"; readonly ok: boolean; readonly error: string | null };
  /** Whether this instance runs the alerts; another one may. */
  readonly running: boolean;
  readonly alerts: { readonly loaded: number; readonly enabled: number; readonly failing: readonly string[] };
  /** Packs and alerts that could not be loaded. */
  readonly failures: readonly { readonly source: string; readonly code: string; readonly message: string }[];
}

export type StatusSource = () => Promise<ServiceStatus>;

export interface StatusRoutesOptions {
  readonly status: StatusSource;
  readonly metrics: Metrics;
}

/** Whether the service works, for people and for monitoring. */
export const statusRoutes = (app: FastifyInstance, { status, metrics }: StatusRoutesOptions): void => {
  app.get("/status", async (_request, reply) => {
    const answer = await status();
    return reply.code(answer.status === "ok" ? 200 : 503).send(answer);
  });

  // As MozDef's: that the service answers at all, and from where it sees the caller.
  app.get("/test", (request, reply) =>
    reply.header("x-ip", request.ip).send({ status: "ok", service: "alert-runner" }),
  );

  app.get("/metrics", async (_request, reply) =>
    reply.type(metrics.registry.contentType).send(await metrics.registry.metrics()),
  );
};
