import { createHash, randomBytes } from "node:crypto";

/** Characters of the time: enough until the year 5188. */
const TIME_LENGTH = 9;

/** Characters of the place among the events of one millisecond of one process. */
const COUNT_LENGTH = 4;
const COUNT_LIMIT = 36 ** COUNT_LENGTH;

/** Tells processes apart: 80 bits that are the same as long as this one lives. */
const PROCESS = randomBytes(10).toString("hex");

let count = 0;

/**
 * An id that no other event has. Ids are in the order in which they are given, as far as clocks agree. It is given before the event
 * is sent, so a request that is sent twice stores it once.
 */
export const newEventId = (now: Date): string => {
  count = (count + 1) % COUNT_LIMIT;
  return `${timeOf(now.getTime())}${count.toString(36).padStart(COUNT_LENGTH, "0")}${PROCESS}`;
};

/** Many events come at one time. */
const timeOf = (ms: number): string => {
  if (last.ms !== ms) last = { ms, text: ms.toString(36).padStart(TIME_LENGTH, "0") };
  return last.text;
};

let last = { ms: Number.NaN, text: "" };

/** Longest id that Elasticsearch takes, in bytes. */
const LONGEST_ID = 512;

/** Whether the store takes it as an id. */
export const isEventId = (id: string | undefined): id is string =>
  id !== undefined && id !== "" && Buffer.byteLength(id) <= LONGEST_ID;

/**
 * An id from the `event.id` that a sender gives: the same for the same event sent again, another for another event, even when the
 * sender uses an id twice. undefined when it gives none.
 */
export const idFromSender = (event: Readonly<Record<string, unknown>>): string | undefined => {
  const given = event["event.id"] ?? (event.event as { readonly id?: unknown } | null | undefined)?.id;
  if (typeof given !== "string" || given === "") return undefined;
  return createHash("sha256").update(JSON.stringify(event)).digest("base64url");
};
