import type { ServiceStatus } from "@mozdef/alert-api";
import type { FastifyInstance } from "fastify";
import { serve } from "../http/serve.ts";
import type { Metrics } from "../metrics.ts";

export type StatusSource = () => Promise<ServiceStatus>;

/** What waits to be run. */
export interface SlotCounts {
  /** The age of the oldest slot that waits, in milliseconds; 0 when none does. */
  readonly lagMs: number;
  /** Alerts whose slot waits. */
  readonly late: number;
  /** Alerts of which missed slots are being caught up. */
  readonly behind: number;
}

export interface StatusRoutesOptions {
  readonly status: StatusSource;
  /** Why alerts do not run at their slots; null when they do. */
  readonly standstill: () => string | null;
  readonly slotCounts: () => SlotCounts;
  /** Shards of alerts that this instance runs. */
  readonly shards: () => number;
  readonly metrics: Pick<Metrics, "registry" | "lagSeconds" | "alertsLate" | "alertsBehind" | "shards">;
}

/** Whether the service works, for people and for monitoring. */
export const statusRoutes = (
  app: FastifyInstance,
  { status, standstill, slotCounts, shards, metrics }: StatusRoutesOptions,
): void => {
  serve(app, "getStatus", async ({ answer }) => {
    const found = await status();
    return answer(found.status === "error" ? 503 : 200, found);
  });

  serve(app, "live", () => ({ status: "ok" }) as const);

  serve(app, "ready", ({ answer }) => {
    const reason = standstill();
    return answer(reason === null ? 200 : 503, { ready: reason === null, reason });
  });

  serve(app, "ping", ({ request, reply }) => {
    reply.header("x-ip", request.ip);
    return { status: "ok", service: "alert-runner" } as const;
  });

  serve(app, "getMetrics", ({ reply }) => {
    reply.type(metrics.registry.contentType);
    // Nothing else tells of a time in which nothing runs.
    const { lagMs, late, behind } = slotCounts();
    metrics.lagSeconds.set(lagMs / 1_000);
    metrics.alertsLate.set(late);
    metrics.alertsBehind.set(behind);
    metrics.shards.set(shards());
    return metrics.registry.metrics();
  });
};
