import type { WatchRequest } from "@mozdef/alert-api";
import type { AlertStore } from "@mozdef/alert-store";
import type { FastifyInstance } from "fastify";
import type { Clock } from "@mozdef/alert-engine";
import { HttpError } from "../http/http-error.ts";
import { serve } from "../http/serve.ts";
import { addToWatchlist, LONGEST_WATCHLIST, readWatchlist, removeFromWatchlist } from "./stored-watchlist.ts";

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
  const add = async ({ content, duration, comment, reference, by }: WatchRequest) => {
    const item = { content, durationMs: duration, comment, reference, creator: by, now: clock.now() };
    return (await addToWatchlist(store, item)) ?? refuseAsFull();
  };

  serve(app, "readWatchlist", async () => ({ items: await readWatchlist(store, clock.now()) }));

  serve(app, "addToWatchlist", ({ body }) => add(body));

  serve(app, "removeFromWatchlist", async ({ params: { id } }) => {
    if (await removeFromWatchlist(store, id)) return { removed: id };
    const shown = JSON.stringify(id.slice(0, 200));
    throw new HttpError("WATCHITEM_NOT_FOUND", `The watchlist has no item with the id ${shown}.`);
  });

  serve(app, "readLegacyWatchlist", async () => {
    const items = await readWatchlist(store, clock.now());
    return [...new Set(items.map(({ watchcontent }) => watchcontent))];
  });

  serve(app, "addLegacyWatchItem", ({ body }) => add(body));
};

const refuseAsFull = (): never => {
  throw new HttpError(
    "WATCHLIST_FULL",
    `The watchlist has ${LONGEST_WATCHLIST} items, which is as many as can be looked for. Remove some first.`,
  );
};
