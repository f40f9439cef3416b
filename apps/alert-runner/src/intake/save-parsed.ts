import { type AlertStore, type SavedEvent, saveEvents } from "@mozdef/alert-store";
import { checkEvent } from "./check-event.ts";
import { isRefusal, type Parsed, type Refusal } from "./parse-lines.ts";

/** What became of one line of a body. */
export type Outcome = { readonly line: number; readonly _index: string; readonly _id: string } | OutcomeRefused;

export interface OutcomeRefused extends Refusal {
  /** HTTP status: 400 for an invalid event, 429 when the store is full. */
  readonly status: number;
}

export const isRefused = (outcome: Outcome): outcome is OutcomeRefused => "reason" in outcome;

export interface SaveParsedOptions {
  readonly now: Date;
  /** Largest event in bytes. */
  readonly eventBytes: number;
  /** Fields that the route adds to each event, over what the sender says. */
  readonly extra?: Readonly<Record<string, unknown>>;
}

/**
 * Saves what can be saved. Outcomes come in the order of the lines, one for each.
 *
 * @throws {StoreError} when the store does not answer.
 */
export const saveParsed = async (
  store: AlertStore,
  parsed: readonly Parsed[],
  { now, eventBytes, extra }: SaveParsedOptions,
): Promise<Outcome[]> => {
  const checked = parsed.map((entry) => ({ entry, refusal: checkEvent(entry, eventBytes) }));
  const values = checked.flatMap(({ entry, refusal }) =>
    refusal === undefined && !isRefusal(entry) ? [withExtra(entry.value, extra)] : [],
  );
  const saved = (await saveEvents(store, values, { now }))[Symbol.iterator]();
  return checked.map(({ entry: { line }, refusal }): Outcome => {
    if (refusal !== undefined) return { ...refusal, status: 400 };
    return outcomeOf(line, saved.next().value);
  });
};

const withExtra = (value: unknown, extra: SaveParsedOptions["extra"]): unknown =>
  extra !== undefined && typeof value === "object" && value !== null && !Array.isArray(value)
    ? { ...value, ...extra }
    : value;

const outcomeOf = (line: number, saved: SavedEvent | undefined): Outcome => {
  if (saved === undefined) throw new Error("The store answered for fewer events than it was given.");
  if (saved.ok) return { line, _index: saved._index, _id: saved._id };
  return {
    line,
    code: saved.status === 429 ? "STORE_BUSY" : "EVENT_INVALID",
    reason: saved.reason,
    status: saved.status,
  };
};
