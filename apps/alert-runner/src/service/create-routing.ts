import { createMutes, createRouter, type Mutes, type Route, type Router } from "@mozdef/alert-engine";
import type { AlertStore } from "@mozdef/alert-store";
import type { Config } from "../config/config-schema.ts";
import { readRouting } from "../config/routing-schema.ts";

/** What says where alerts go. */
export interface Routing {
  readonly routes: readonly Route[] | null;
  readonly mutes: Mutes;
  readonly router: Router;
}

export interface RoutingOptions {
  readonly store: AlertStore;
  readonly config: Pick<Config, "actions" | "routes" | "inhibit" | "windows">;
  /** Told when it is not known whether an alert is muted by another one: then it is sent. */
  readonly onFailure: (error: unknown) => void;
}

/** @throws {EngineError} `ROUTE_INVALID`, for a configuration that was not checked. */
export const createRouting = ({ store, config, onFailure }: RoutingOptions): Routing => {
  const { routes, inhibitions, windows } = readRouting(config);
  const mutes = createMutes({ store, inhibitions, windows, onFailure });
  return { routes, mutes, router: createRouter({ actions: config.actions, routes, mutes }) };
};
