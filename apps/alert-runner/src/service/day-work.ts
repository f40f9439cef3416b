import { type AlertStore, pruneIndices, rotateIndices } from "@mozdef/alert-store";
import type { FastifyBaseLogger } from "fastify";
import type { Retention } from "../config/config-schema.ts";

/** What is due once a day in UTC: the indices and aliases of the day, and the end of old ones. Call it as often as you like. */
export const dayWork = (
  store: AlertStore,
  retention: Retention,
  log: FastifyBaseLogger,
): ((now: Date) => Promise<void>) => {
  let done: string | null = null;
  return async (now) => {
    const day = now.toISOString().slice(0, 10);
    if (done === day) return;
    await rotateIndices(store, now);
    const deleted = await pruneIndices(store, now, retention);
    if (deleted.length > 0) log.info({ deleted }, "deleted old indices");
    done = day;
  };
};
