import type { AnswerOf, RequestOf, WatchItem } from "@mozdef/alert-api";
import { ask } from "./request.ts";

/** The terms that are watched for, newest first. */
export const readWatchlist = async (signal: AbortSignal): Promise<readonly WatchItem[]> =>
  (await ask<"readWatchlist">("GET /api/watchlist", { signal })).items;

/** Watches for a term. One that is there already is left as it is, and answered. */
export const addToWatchlist = (body: RequestOf<"addToWatchlist">["body"]): Promise<AnswerOf<"addToWatchlist", 200>> =>
  ask<"addToWatchlist">("POST /api/watchlist", { body });

/** Stops watching for a term. */
export const removeFromWatchlist = (id: string): Promise<unknown> =>
  ask<"removeFromWatchlist">("DELETE /api/watchlist/{id}", { params: { id } });
