import { z } from "zod";
import { defineRoutes, OTHER_VERSION } from "../route.ts";
import { by, list, timestamp } from "../values.ts";

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** How long a term can be watched for, in milliseconds. */
const DURATIONS = new Map([
  ["1hr", HOUR_MS],
  ["12hr", 12 * HOUR_MS],
  ["1d", DAY_MS],
  ["2d", 2 * DAY_MS],
  ["3d", 3 * DAY_MS],
  ["1w", 7 * DAY_MS],
  ["30d", 30 * DAY_MS],
]);

const content = z
  .string()
  .trim()
  .min(2, "expected at least 2 characters; a shorter term would be found everywhere")
  // Signs are not looked for: `{x}` would be found as `x`.
  .refine((text) => (text.match(/[\p{L}\p{N}]/gu) ?? []).length >= 2, "expected at least 2 letters or digits")
  .max(1_000, "expected at most 1000 characters");
const note = z.string().trim().max(1_000).default("");
/** In milliseconds once read. MozDef takes whatever it does not know for an hour. */
const duration = z
  .string()
  .max(100)
  .default("1hr")
  .transform((text) => DURATIONS.get(text) ?? HOUR_MS);

export const watchItem = z.strictObject({
  _id: z.string(),
  watchcontent: z.string().describe("The term; it is looked for in every field of an event"),
  dateAdded: z.string().describe("ISO 8601; empty when whoever wrote the document did not say"),
  dateExpiring: timestamp.nullable().describe("null: for ever"),
  comment: z.string(),
  creator: z.string(),
  reference: z.string(),
});

export const addedWatchItem = z.strictObject({
  item: watchItem,
  added: z.boolean().describe("false when the term was there already: it is left as it is"),
});

const itemBody = z.strictObject({ content, duration, comment: note, reference: note, by });

/** What is asked for, once it is read. */
export type WatchRequest = z.output<typeof itemBody>;

/** The parts of a form of MozDef's, put together. */
const legacyItem = z.strictObject({
  watchcontent: content,
  duration,
  comment: note,
  referenceid: note,
  userid: by,
  WatchList: z.literal(true, "expected true"),
});

const legacyItemBody = z
  .array(z.record(z.string(), z.unknown()))
  .max(20)
  .transform((parts) => Object.fromEntries(parts.flatMap(Object.entries)))
  .pipe(legacyItem)
  .transform(({ watchcontent, referenceid, userid, duration: ms, comment }): WatchRequest => ({
    content: watchcontent,
    duration: ms,
    comment,
    reference: referenceid,
    by: userid,
  }));

const NO_ITEM = { 404: ["WATCHITEM_NOT_FOUND"] } as const;
const FULL = { 409: ["WATCHLIST_FULL"] } as const;

/** The terms that `AlertWatchList` looks for. */
export const watchlistRoutes = defineRoutes({
  readWatchlist: {
    methods: ["GET"],
    path: "/api/watchlist",
    scope: "read",
    summary:
      "The terms that `AlertWatchList` looks for, newest first. Those that expired more than an hour ago are deleted",
    answers: { 200: z.strictObject({ items: list(watchItem) }) },
  },
  getWatchItem: {
    methods: ["GET"],
    path: "/api/watchlist/{id}",
    scope: "read",
    summary: "One term",
    answers: { 200: watchItem },
    errors: NO_ITEM,
  },
  addToWatchlist: {
    methods: ["POST"],
    path: "/api/watchlist",
    scope: "operate",
    summary:
      "Watches for a term of at least 2 characters. `duration`: `12hr`, `1d`, `2d`, `3d`, `1w`, `30d`; anything else is an hour. A term that is there already is left as it is",
    body: itemBody,
    answers: { 200: addedWatchItem },
    errors: FULL,
  },
  removeFromWatchlist: {
    methods: ["DELETE"],
    path: "/api/watchlist/{id}",
    scope: "operate",
    summary: "Stops watching for a term",
    answers: { 200: z.strictObject({ removed: z.string() }) },
    errors: { ...NO_ITEM, ...OTHER_VERSION },
  },
  readLegacyWatchlist: {
    methods: ["GET"],
    path: "/getwatchlist",
    scope: "read",
    summary: "The terms alone, newest first, as in MozDef",
    answers: { 200: list(z.string()) },
  },
  addLegacyWatchItem: {
    methods: ["POST"],
    path: "/watchitem",
    scope: "operate",
    summary:
      'Watches for a term, as in MozDef: `[{ "watchcontent": "term" }, { "duration": "1d" }, { "WatchList": true }]`, also `comment`, `referenceid`, `userid`',
    body: legacyItemBody,
    answers: { 200: addedWatchItem },
    errors: FULL,
  },
});
