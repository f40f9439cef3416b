import type { ServiceStatus } from "@mozdef/alert-api";
import { messageOf } from "@mozdef/alert";
import { type AlertRegistry, isEnabled, type Scheduler } from "@mozdef/alert-engine";
import { VERSION } from "../manifest.ts";
import type { StatusSource } from "../status/status-routes.ts";
import type { OpenedStore } from "../store/opened-store.ts";

export interface ServiceStatusOptions {
  readonly opened: OpenedStore;
  readonly scheduler: Scheduler;
  readonly registry: AlertRegistry;
  readonly started: Date;
  readonly isLeading: () => boolean;
}

/** How the service is. Asks the store each time: that it answered once says nothing. */
export const serviceStatus =
  ({ opened, scheduler, registry, started, isLeading }: ServiceStatusOptions): StatusSource =>
  async () => {
    const store = await storeStatus(opened);
    const { states, clockSetBack: setBack } = scheduler;
    return {
      status: store.ok ? "ok" : "error",
      service: "alert-runner",
      version: VERSION,
      started: started.toISOString(),
      store,
      running: isLeading(),
      alerts: {
        loaded: states.length,
        enabled: states.filter(isEnabled).length,
        failing: states.filter(({ lastRun }) => lastRun?.health === "error").map(({ alert }) => alert.name),
      },
      clock: { setBack: setBack === null ? null : { at: setBack.at.toISOString(), byMs: setBack.byMs } },
      failures: registry.failures,
    };
  };

const storeStatus = async ({ store, kind }: OpenedStore): Promise<ServiceStatus["store"]> => {
  try {
    const { status } = await store.client.cluster.health({}, { requestTimeout: 3_000, maxRetries: 0 });
    const ok = status.toLowerCase() !== "red";
    return { kind, ok, error: ok ? null : "The cluster is red: some of its data cannot be reached." };
  } catch (error) {
    return { kind, ok: false, error: messageOf(error) };
  }
};
