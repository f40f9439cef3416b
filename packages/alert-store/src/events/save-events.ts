import type { AlertStore } from "../alert-store.ts";
import { eventIndex } from "../names.ts";
import { ensureIndices } from "../own-indices.ts";
import { isPassing, reasonOf, StoreError } from "../store-error.ts";
import { knownFields } from "./known-fields.ts";
import { type PendingEvent, prepareEvent } from "./prepare-event.ts";
import { isForItsShape, lessOf } from "./rescue.ts";
import type { SavedEvent, SaveEventsOptions } from "./saved-event.ts";
import { type Sent, sendEvents } from "./send-events.ts";
import { isInPart, storedForm } from "./unmapped.ts";

/**
 * Saves events with MozDef's default fields. Each event stands for itself: what is not an event is refused with its reason, the
 * rest is saved. What the index cannot take of an event is moved to its `unmapped`, and the event gets the tag `unmapped`.
 *
 * @throws {StoreError} when the store does not answer or refuses whole requests, and nothing was saved. Events that were not
 *   saved while others were have their reason in the result.
 */
export const saveEvents = async (
  store: AlertStore,
  events: readonly unknown[],
  options: SaveEventsOptions,
): Promise<readonly SavedEvent[]> => {
  const { now, index = eventIndex(now) } = options;
  if (index === eventIndex(now)) await ensureIndices(store, [index]);
  const results: (SavedEvent | StoreError)[] = [];
  let pending: PendingEvent[] = [];
  for (const [position, value] of events.entries()) {
    const prepared = prepareEvent(store, value, position, options);
    if ("id" in prepared) pending.push(prepared);
    else results[position] = prepared;
  }
  while (pending.length > 0) pending = await trySaving(store, pending, options, results);
  return settled(results);
};

/** Sends events and notes what became of them. @returns those to send again, with less of them. */
const trySaving = async (
  store: AlertStore,
  pending: readonly PendingEvent[],
  options: SaveEventsOptions,
  results: (SavedEvent | StoreError)[],
): Promise<PendingEvent[]> => {
  const { refresh = false } = options;
  const index = store.names.physical(options.index ?? eventIndex(options.now));
  const outgoing = pending.map((event) => ({
    id: event.id,
    source: storedForm(event),
    characters: event.characters,
  }));
  const sent = await sendEvents(store, outgoing, { index, refresh });
  const again: PendingEvent[] = [];
  let known: ReadonlySet<string> | undefined;
  for (const [at, event] of pending.entries()) {
    const answer = sent[at];
    if (answer !== undefined && !(answer instanceof StoreError) && isForItsShape(answer)) {
      known ??= await fieldsOf(store, index);
      const less = lessOf(event, answer.error, known);
      if (less !== undefined) again.push(less);
      else results[event.position] = savedEvent(store, event, answer);
    } else results[event.position] = savedEvent(store, event, answer);
  }
  return again;
};

/** Without the mapping there are the base fields still. */
const fieldsOf = async (store: AlertStore, index: string): Promise<ReadonlySet<string>> => {
  try {
    return await knownFields(store, index);
  } catch {
    return new Set();
  }
};

const CONFLICT = 409;
/** For what is over later: whoever sends it keeps it as long. */
const UNAVAILABLE = 503;

const savedEvent = ({ names }: AlertStore, event: PendingEvent, answer: Sent | undefined): SavedEvent | StoreError => {
  if (answer === undefined) return { ok: false, status: 500, reason: "the store said nothing about this event" };
  if (answer instanceof StoreError) return answer;
  const { _index, error, status } = answer;
  if (error != null && status !== CONFLICT)
    return { ok: false, status: isPassing(error.type) ? UNAVAILABLE : status, reason: reasonOf(error) };
  return { ok: true, _index: names.logical(_index), _id: event.id, isInPart: isInPart(event) };
};

/** Errors of whole requests become those of their events, as soon as one event is saved and must not be sent again. */
const settled = (results: readonly (SavedEvent | StoreError)[]): readonly SavedEvent[] => {
  const failure = results.find((result) => result instanceof StoreError);
  if (failure !== undefined && !results.some((result) => !(result instanceof StoreError) && result.ok)) throw failure;
  return results.map((result) =>
    result instanceof StoreError ? { ok: false, status: result.retryable ? 429 : 400, reason: result.message } : result,
  );
};
