import type { ServiceStatus } from "@mozdef/alert-api";
import type { FastifyInstance } from "fastify";
import { serve } from "../http/serve.ts";
import type { Metrics } from "../metrics.ts";

export type StatusSource = () => Promise<ServiceStatus>;

export interface StatusRoutesOptions {
  readonly status: StatusSource;
  readonly metrics: Pick<Metrics, "registry">;
}

/** Whether the service works, for people and for monitoring. */
export const statusRoutes = (app: FastifyInstance, { status, metrics }: StatusRoutesOptions): void => {
  serve(app, "getStatus", async ({ answer }) => {
    const found = await status();
    return answer(found.status === "error" ? 503 : 200, found);
  });

  serve(app, "live", () => ({ status: "ok" }) as const);

  serve(app, "ping", ({ request, reply }) => {
    reply.header("x-ip", request.ip);
    return { status: "ok", service: "alert-runner" } as const;
  });

  serve(app, "getMetrics", ({ reply }) => {
    reply.type(metrics.registry.contentType);
    return metrics.registry.metrics();
  });
};
