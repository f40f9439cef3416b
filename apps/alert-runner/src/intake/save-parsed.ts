import { messageOf } from "@mozdef/alert";
import { type AlertStore, type SavedEvent, saveEvents, StoreError } from "@mozdef/alert-store";
import { type Damage, isRefusal, type Parsed, type ParsedValue, type Refusal } from "./parse-piece.ts";

/** What became of one event of a body. */
export type Outcome = OutcomeSaved | OutcomeRefused;

export interface OutcomeSaved {
  readonly line: number;
  readonly _index: string;
  readonly _id: string;
  readonly damage: readonly Damage[];
  /** The parser that understood it; undefined for what was not read. */
  readonly parser: string | undefined;
}

export interface OutcomeRefused extends Refusal {
  /** HTTP status: 400 for an invalid event, 429 when the store is full, 503 when it does not answer. */
  readonly status: number;
}

export const isRefused = (outcome: Outcome): outcome is OutcomeRefused => "reason" in outcome;

export interface SaveParsedOptions {
  readonly now: Date;
  /** Fields that the route adds to each event, over what the sender says. */
  readonly extra?: Readonly<Record<string, unknown>>;
  /** Fields of an event that does not have them. */
  readonly preset?: Readonly<Record<string, unknown>>;
}

/**
 * Saves what can be saved. Outcomes come in the order given, one for each. A store that fails refuses these events and no others:
 * what was saved before stays saved, and is not sent again.
 */
export const saveParsed = async (
  store: AlertStore,
  parsed: readonly Parsed[],
  { now, extra, preset }: SaveParsedOptions,
): Promise<Outcome[]> => {
  const good = parsed.filter((entry): entry is ParsedValue => !isRefusal(entry));
  const events = good.map(({ value, id }) => ({ value: withExtra(value, preset, extra), id }));
  const saved = (await saveSlice(store, events, now))[Symbol.iterator]();
  return parsed.map((entry): Outcome =>
    isRefusal(entry) ? { status: 400, ...entry } : outcomeOf(entry, saved.next().value),
  );
};

/** What the store said, or why it said nothing. */
type SliceResult =
  SavedEvent | { readonly ok: false; readonly status: number; readonly reason: string; readonly code: string };

interface SliceEvent {
  readonly value: unknown;
  readonly id: string | undefined;
}

/**
 * A request that will never succeed is sent again in halves, down to the one event that is to blame. One that failed because the
 * store is away or overloaded is not.
 */
const saveSlice = async (
  store: AlertStore,
  events: readonly SliceEvent[],
  now: Date,
): Promise<readonly SliceResult[]> => {
  if (events.length === 0) return [];
  try {
    const values = events.map(({ value }) => value);
    return await saveEvents(store, values, { now, ids: events.map(({ id }) => id) });
  } catch (error) {
    if (events.length === 1 || (error instanceof StoreError && error.retryable)) return events.map(() => failed(error));
    const middle = events.length >> 1;
    const first = await saveSlice(store, events.slice(0, middle), now);
    return [...first, ...(await saveSlice(store, events.slice(middle), now))];
  }
};

const failed = (error: unknown): SliceResult =>
  error instanceof StoreError
    ? { ok: false, status: statusOf(error), code: error.code, reason: error.message }
    : { ok: false, status: 500, code: "INTERNAL_ERROR", reason: `the service failed on it: ${messageOf(error)}` };

const statusOf = ({ code, retryable }: StoreError): number =>
  code === "STORE_UNAVAILABLE" ? 503 : retryable ? 429 : 400;

/** An event without a field of its own stays empty, and is refused as such. */
const withExtra = (value: unknown, preset: SaveParsedOptions["preset"], extra: SaveParsedOptions["extra"]): unknown => {
  if (preset === undefined && extra === undefined) return value;
  return isRecord(value) && Object.keys(value).length > 0 ? { ...preset, ...value, ...extra } : value;
};

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const outcomeOf = ({ line, damage, parser }: ParsedValue, saved: SliceResult | undefined): Outcome => {
  if (saved === undefined) throw new Error("The store answered for fewer events than it was given.");
  if (saved.ok) {
    const { _index, _id, isInPart } = saved;
    return { line, _index, _id, parser, damage: isInPart ? [...damage, "unmapped"] : damage };
  }
  const { status, reason } = saved;
  const code = "code" in saved ? saved.code : status === 429 || status === 503 ? "STORE_BUSY" : "EVENT_INVALID";
  return { line, code, reason: reason.slice(0, MAX_REASON), status };
};

/** Reasons of a store quote what they are about. */
const MAX_REASON = 1_000;
