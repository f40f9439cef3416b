import { z } from "zod";

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** How long a term can be watched for, in milliseconds. */
const DURATIONS = {
  "1hr": HOUR_MS,
  "12hr": 12 * HOUR_MS,
  "1d": DAY_MS,
  "2d": 2 * DAY_MS,
  "3d": 3 * DAY_MS,
  "1w": 7 * DAY_MS,
  "30d": 30 * DAY_MS,
} as const;

/** In milliseconds. MozDef takes whatever it does not know for an hour. */
const durationMs = (duration: string): number =>
  Object.hasOwn(DURATIONS, duration) ? DURATIONS[duration as keyof typeof DURATIONS] : HOUR_MS;

const content = z
  .string()
  .trim()
  .min(2, "expected at least 2 characters; a shorter term would be found everywhere")
  .max(1_000, "expected at most 1000 characters");
const note = z.string().trim().max(1_000).default("");
const duration = z.string().max(100).default("1hr").transform(durationMs);
const creator = z.string().trim().min(1).max(200).default("anonymous");

/** Body of `POST /api/watchlist`. `duration`: `12hr`, `1d`, `2d`, `3d`, `1w` or `30d`; anything else is an hour. */
export const itemBody = z.strictObject({ content, duration, comment: note, reference: note, by: creator });

/** Body of `POST /watchitem`, put together. */
const legacyItem = z.strictObject({
  watchcontent: content,
  duration,
  comment: note,
  referenceid: note,
  userid: creator,
  WatchList: z.literal(true, "expected true"),
});

/** Body of `POST /watchitem`: `[{ "watchcontent": "term" }, { "WatchList": true }, ...]`, as MozDef's pages send forms. */
export const legacyItemBody = z
  .array(z.record(z.string(), z.unknown()))
  .max(20)
  .transform((parts) => Object.fromEntries(parts.flatMap(Object.entries)))
  .pipe(legacyItem)
  .transform(({ watchcontent, referenceid, userid, duration: ms, comment }) => {
    return { content: watchcontent, duration: ms, comment, reference: referenceid, by: userid };
  });
