import {
  addToWatchlist,
  type AlertStore,
  LONGEST_WATCHLIST,
  readWatchlist,
  removeFromWatchlist,
} from "@mozdef/alert-store";
import type { FastifyInstance } from "fastify";
import type { z } from "zod";
import type { Clock } from "@mozdef/alert-engine";
import { readInput } from "../http/read-input.ts";
import { RunnerError } from "../runner-error.ts";
import { itemBody, legacyItemBody } from "./watchlist-bodies.ts";

interface OneItem {
  Params: { readonly id: string };
}

export interface WatchlistRoutesOptions {
  readonly store: AlertStore;
  readonly clock: Clock;
}

/**
 * The terms that `AlertWatchList` looks for.
 *
 * @see MozDef `rest/index.py`, `getwatchlist` and `watchitem`.
 */
export const watchlistRoutes = (app: FastifyInstance, { store, clock }: WatchlistRoutesOptions): void => {
  const add = async ({ content, duration, comment, reference, by }: z.output<typeof itemBody>) => {
    const item = { content, durationMs: duration, comment, reference, creator: by, now: clock.now() };
    return (await addToWatchlist(store, item)) ?? refuseAsFull();
  };

  app.get("/api/watchlist", async () => ({ items: await readWatchlist(store, clock.now()) }));

  app.post("/api/watchlist", ({ body }) => add(readInput(itemBody, body, "body")));

  app.delete<OneItem>("/api/watchlist/:id", async ({ params: { id } }) => {
    if (await removeFromWatchlist(store, id)) return { removed: id };
    const shown = JSON.stringify(id.slice(0, 200));
    throw new RunnerError("WATCHITEM_NOT_FOUND", `The watchlist has no item with the id ${shown}.`);
  });

  app.get("/getwatchlist", async () => {
    const items = await readWatchlist(store, clock.now());
    return [...new Set(items.map(({ watchcontent }) => watchcontent))];
  });

  app.post("/watchitem", ({ body }) => add(readInput(legacyItemBody, body, "body")));
};

const refuseAsFull = (): never => {
  throw new RunnerError(
    "WATCHLIST_FULL",
    `The watchlist has ${LONGEST_WATCHLIST} items, which is as many as can be looked for. Remove some first.`,
  );
};
