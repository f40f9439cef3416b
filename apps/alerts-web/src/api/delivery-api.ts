import type { Delivery } from "@mozdef/alert-api";
import { ask } from "./request.ts";

/** Deliveries, the newest alerts first. `search` is a query string. */
export const listDeliveries = async (search: string, signal: AbortSignal): Promise<readonly Delivery[]> =>
  (await ask<"listDeliveries">("GET /api/deliveries", { search, signal })).deliveries;

/** Sends deliveries again, whatever came of them. */
export const replayDeliveries = (ids: readonly string[], by: string): Promise<unknown> =>
  ask<"replayDeliveries">("POST /api/deliveries/replay", { body: { ids: [...ids], ...(by !== "" && { by }) } });
