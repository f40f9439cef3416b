import type { WatchRequest } from "@mozdef/alert-api";
import { type AlertStore, versionText } from "@mozdef/alert-store";
import type { FastifyInstance } from "fastify";
import type { Clock } from "@mozdef/alert-engine";
import { HttpError } from "../http/http-error.ts";
import { serve } from "../http/serve.ts";
import {
  addToWatchlist,
  LONGEST_WATCHLIST,
  readWatchItem,
  readWatchlist,
  removeFromWatchlist,
} from "./stored-watchlist.ts";

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

  serve(app, "getWatchItem", async ({ params: { id }, reply }) => {
    const stored = await readWatchItem(store, id);
    if (stored === null) return refuseAsMissing(id);
    reply.version = versionText(stored.version);
    return stored.item;
  });

  serve(app, "removeFromWatchlist", async ({ params: { id }, ifMatch }) =>
    (await removeFromWatchlist(store, id, ifMatch)) ? { removed: id } : refuseAsMissing(id),
  );

  serve(app, "readLegacyWatchlist", async () => {
    const items = await readWatchlist(store, clock.now());
    return [...new Set(items.map(({ watchcontent }) => watchcontent))];
  });

  serve(app, "addLegacyWatchItem", ({ body }) => add(body));
};

const refuseAsMissing = (id: string): never => {
  throw new HttpError(
    "WATCHITEM_NOT_FOUND",
    `The watchlist has no item with the id ${JSON.stringify(id.slice(0, 200))}.`,
  );
};

const refuseAsFull = (): never => {
  throw new HttpError(
    "WATCHLIST_FULL",
    `The watchlist has ${LONGEST_WATCHLIST} items, which is as many as can be looked for. Remove some first.`,
  );
};
