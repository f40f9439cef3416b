import type { AlertStore } from "@mozdef/alert-store";
import type { Limits } from "../config/config-schema.ts";
import { isRefusal, type Parsed, parseLine, parsePiece } from "./parse-piece.ts";
import { isRefused, type Outcome, type OutcomeRefused, saveParsed, type SaveParsedOptions } from "./save-parsed.ts";
import { type Piece, splitBody, splitLines } from "./split-body.ts";
import type { Turns } from "./turns.ts";
import type { Underway } from "./underway.ts";

/** A slice ends with whichever comes first. Parsing and saving one takes some ten milliseconds. */
const SLICE_EVENTS = 100;
const SLICE_BYTES = 128 * 1_024;

/** Makes the items of a request from its values, and says to the end which are left. */
export interface ItemReader<Item> {
  readonly read: (values: readonly Parsed[]) => readonly Item[];
  readonly end: () => readonly Item[];
  /** The events of an item, one at least. */
  readonly eventsOf: (item: Item) => readonly Parsed[];
  /** How many values may belong to one event. */
  readonly valuesOfItem: number;
}

export interface TakeEventsOptions<Item> extends SaveParsedOptions {
  readonly store: AlertStore;
  readonly limits: Pick<Limits, "eventBytes" | "keyBytes" | "requestEvents">;
  readonly turns: Turns;
  readonly underway: Underway;
  readonly reader: ItemReader<Item>;
  /** The body is a log, each line of which is text. Default: its values are JSON. */
  readonly isText?: boolean;
  /** Values of JSON may stand side by side, with nothing between them. Default: a list, one value, or one a line. */
  readonly isSideBySide?: boolean;
  /** Told of each event with the item that it is of, in order, as soon as it is known. */
  readonly onOutcome: (item: Item, outcome: Outcome, parsed: Parsed) => void;
}

/**
 * Parses and saves a body in slices, so that a long one does not keep everybody else waiting.
 *
 * @throws {HttpError} `BODY_EMPTY`, `EVENTS_TOO_MANY`: nothing was saved.
 */
export const takeEvents = async <Item>(body: Buffer, options: TakeEventsOptions<Item>): Promise<void> => {
  const { underway, now } = options;
  underway.begin(now);
  try {
    await takeAll(body, options);
  } finally {
    underway.end(now);
  }
};

const takeAll = async <Item>(body: Buffer, options: TakeEventsOptions<Item>): Promise<void> => {
  const { reader, limits, turns, isText = false, isSideBySide = false } = options;
  await turns.next();
  const split = isText ? splitLines : splitBody;
  const parse = isText ? parseLine : parsePiece;
  const pieces = await split(body, { most: limits.requestEvents * reader.valuesOfItem, turns, isSideBySide });
  let away: OutcomeRefused | undefined;
  for (const slice of slicesOf(pieces)) {
    await turns.next();
    away = await save(reader.read(slice.map((piece) => parse(body, piece, limits))), options, away);
  }
  await save(reader.end(), options, away);
};

/**
 * @param away - The refusal of an earlier slice since the store does not answer: the rest is refused like it, without waiting for
 * the store once more for each slice.
 */
const save = async <Item>(
  items: readonly Item[],
  options: TakeEventsOptions<Item>,
  away: OutcomeRefused | undefined,
): Promise<OutcomeRefused | undefined> => {
  const { store, reader, onOutcome } = options;
  const events = items.flatMap((item) => reader.eventsOf(item).map((parsed) => ({ item, parsed })));
  const parsed = events.map((event) => refusedLike(away, event.parsed));
  const outcomes = await saveParsed(store, parsed, options);
  for (const [index, event] of events.entries()) {
    const outcome = outcomes[index];
    if (outcome === undefined) throw new Error("An event of a request has no outcome.");
    onOutcome(event.item, outcome, event.parsed);
  }
  return away ?? outcomes.filter(isRefused).find(({ code }) => code === "STORE_UNAVAILABLE");
};

const refusedLike = (away: OutcomeRefused | undefined, parsed: Parsed): Parsed | OutcomeRefused =>
  away === undefined || isRefusal(parsed) ? parsed : { ...away, line: parsed.line };

function* slicesOf(pieces: readonly Piece[]): Generator<readonly Piece[]> {
  let slice: Piece[] = [];
  let bytes = 0;
  for (const piece of pieces) {
    if (slice.length === SLICE_EVENTS || (slice.length > 0 && bytes + piece.end - piece.start > SLICE_BYTES)) {
      yield slice;
      slice = [];
      bytes = 0;
    }
    slice.push(piece);
    bytes += piece.end - piece.start;
  }
  if (slice.length > 0) yield slice;
}
