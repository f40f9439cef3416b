import type { estypes } from "@elastic/elasticsearch";
import { errors } from "@elastic/elasticsearch";
import type { AlertStore } from "../alert-store.ts";
import { inLane } from "../connection/gate/lanes.ts";
import { StoreError, storeError } from "../store-error.ts";

/** An event as it is sent. */
export interface OutgoingEvent {
  readonly id: string;
  readonly source: Readonly<Record<string, unknown>>;
  /** How many characters its values and their names have together. */
  readonly characters: number;
}

/** What the store said of one event, or why it said nothing. */
export type Sent = estypes.BulkResponseItem | StoreError;

export interface SendOptions {
  /** Physical name. */
  readonly index: string;
  readonly refresh: boolean;
}

/** Events in one bulk request. */
const MOST_EVENTS = 2_000;

/** Characters of values in one bulk request, unless one event alone has more. It is halved when they are more than 10 MB as JSON. */
const MOST_CHARACTERS = 8_000_000;

/**
 * Creates events, in as many requests as their number and size need. Answers come in the order given; an event whose request
 * failed has the error in its place, so that what other requests stored is known.
 */
export const sendEvents = async (
  store: AlertStore,
  events: readonly OutgoingEvent[],
  options: SendOptions,
): Promise<readonly Sent[]> => {
  const sent: Sent[] = [];
  for (const chunk of chunksOf(events)) {
    const last = sent.at(-1);
    const isAway = last instanceof StoreError && last.retryable;
    sent.push(...(isAway ? chunk.map(() => last) : await sendChunk(store, chunk, options)));
  }
  return sent;
};

const chunksOf = (events: readonly OutgoingEvent[]): OutgoingEvent[][] => {
  const chunks: OutgoingEvent[][] = [];
  let characters = Number.POSITIVE_INFINITY;
  for (const event of events) {
    characters += event.characters;
    const current = chunks.at(-1);
    if (current !== undefined && characters <= MOST_CHARACTERS && current.length < MOST_EVENTS) current.push(event);
    else {
      chunks.push([event]);
      characters = event.characters;
    }
  }
  return chunks;
};

/** A request that is refused as a whole is sent again in halves, until the event that it is refused for stands alone. */
const sendChunk = async (
  store: AlertStore,
  events: readonly OutgoingEvent[],
  options: SendOptions,
): Promise<readonly Sent[]> => {
  try {
    return await bulkCreate(store, events, options);
  } catch (cause) {
    const error = storeError(`Cannot save ${events.length} events`, cause);
    if (!isRefusedForContent(cause) || events.length === 1) return events.map(() => error);
    const middle = Math.ceil(events.length / 2);
    const first = await sendChunk(store, events.slice(0, middle), options);
    return [...first, ...(await sendChunk(store, events.slice(middle), options))];
  }
};

const isRefusedForContent = (cause: unknown): boolean =>
  cause instanceof errors.SerializationError ||
  (cause instanceof errors.ResponseError && (cause.statusCode === 400 || cause.statusCode === 413));

const bulkCreate = async (
  { client }: AlertStore,
  events: readonly OutgoingEvent[],
  { index, refresh }: SendOptions,
): Promise<readonly Sent[]> => {
  const operations = events.flatMap(({ id, source }) => [{ create: { _id: id } }, source]);
  const { items } = await client.bulk({ index, refresh, operations }, inLane("intake"));
  return events.map(
    (_, at) => items[at]?.create ?? new StoreError("STORE_WRITE_FAILED", "the store said nothing about this event"),
  );
};
