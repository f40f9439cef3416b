import type { AlertStore } from "../alert-store.ts";
import { entitiesOf } from "../alerts/entities.ts";
import { getAlert } from "../alerts/list-alerts.ts";
import { addToAlerts } from "../commit/add-to-alerts.ts";
import { coverEvents } from "../commit/cover-events.ts";
import type { Covers } from "../commit/covers.ts";
import { type KnownMarks, NO_MARKS } from "../commit/known-marks.ts";
import type { RefusedMark } from "../commit/mark-events.ts";
import { resolveAlerts } from "../commit/resolve-alerts.ts";
import { queueNotices } from "../dispatch/queue-notices.ts";
import type { QueuedFor } from "../dispatch/queue-dispatches.ts";
import { ensureIndices } from "../own-indices.ts";
import { bulk, itemError, type Operation } from "../requests/bulk.ts";
import { type StoreError, storeError } from "../store-error.ts";
import type { AddedPiece, AlertPiece, CoversPiece, Piece, ResolvedPiece, StatePiece } from "./entry.ts";

/** What became of pieces. */
export interface AppliedPieces {
  /** Why a piece could not be carried out. */
  readonly errors: ReadonlyMap<Piece, StoreError>;
  /** Events without their mark. */
  readonly unmarked: readonly RefusedMark[];
}

/**
 * Carries out what was decided: stores alerts, closes those whose condition has ended, notes what they cover, keeps what alerts keep, marks
 * events, and queues alerts for their targets. Doing it again changes nothing, also when others have done it and gone on since.
 *
 * @param known - What is known of the events. Default: they are read.
 * @throws {StoreError} when the store does not answer.
 */
export const applyPieces = async (
  store: AlertStore,
  pieces: readonly Piece[],
  known: KnownMarks = NO_MARKS,
): Promise<AppliedPieces> => {
  const errors = new Map<Piece, StoreError>();
  const alerts = pieces.filter((piece): piece is AlertPiece => piece.kind === "alert");
  const additions = pieces.filter((piece): piece is AddedPiece => piece.kind === "added");
  const resolved = pieces.filter((piece): piece is ResolvedPiece => piece.kind === "resolved");
  const state = pieces.filter((piece): piece is StatePiece => piece.kind === "state");
  await note(errors, alerts, storeAlerts(store, alerts));
  // What was not added is found again by the next run.
  await note(errors, additions, addToAlerts(store, additions));
  // After what was added, since nothing is over to which something was added.
  await note(errors, resolved, resolveAlerts(store, resolved));
  await noteEnds(store, errors, resolved);
  const missing = new Set(
    [...errors.keys()].flatMap((piece) =>
      piece.kind === "alert" ? [piece.alert._id] : piece.kind === "added" ? [piece.to.id] : [],
    ),
  );
  const covering = pieces.filter(
    (piece): piece is AlertPiece | CoversPiece => piece.kind === "covers" || piece.kind === "alert",
  );
  const stored = covering.filter((piece) => !missing.has(piece.alert?._id ?? ""));
  const outcome = await coverEvents(store, {
    covering: stored.map((piece) => (piece.kind === "covers" ? piece : coversOfAlert(piece))),
    state,
    queued: alerts.filter(({ alert }) => !missing.has(alert._id)).map(queuedOf),
    known,
  });
  for (const [position, error] of outcome.covering.entries()) setError(errors, stored[position], error);
  for (const [position, error] of outcome.state.entries()) setError(errors, state[position], error);
  for (const alert of alerts) setError(errors, alert, outcome.unqueued.get(alert.alert._id) ?? null);
  return { errors, unmarked: outcome.unmarked };
};

const setError = (errors: Map<Piece, StoreError>, piece: Piece | undefined, error: StoreError | null): void => {
  if (piece !== undefined && error !== null && !errors.has(piece)) errors.set(piece, error);
};

const note = async (
  errors: Map<Piece, StoreError>,
  pieces: readonly Piece[],
  work: Promise<readonly (StoreError | null)[]>,
): Promise<void> => {
  for (const [position, error] of (await work).entries()) setError(errors, pieces[position], error);
};

/** What an alert covers by itself, beside further pieces. */
export const coversOfAlert = ({ alert, covers }: AlertPiece): Covers => ({
  name: alert._source.classname,
  utctimestamp: alert._source.utctimestamp,
  alert,
  covers,
});

const queuedOf = ({ alert, destinations }: AlertPiece): QueuedFor => ({
  name: alert._source.classname,
  utctimestamp: alert._source.utctimestamp,
  alert,
  destinations,
});

/** Tells targets of alerts that these pieces have closed. Those that have not closed theirs, since something came first, tell nothing. */
const noteEnds = async (
  store: AlertStore,
  errors: Map<Piece, StoreError>,
  resolved: readonly ResolvedPiece[],
): Promise<void> => {
  for (const piece of resolved.filter((one) => one.targets.length > 0 && !errors.has(one)))
    try {
      const alert = await getAlert(store, piece.to.id);
      const { closereason, closedat } = alert?._source ?? {};
      const isClosed = closereason === "resolved" && closedat === piece.slot;
      if (alert === null || !isClosed) continue;
      const notice = { event: "resolve", by: null, now: new Date(piece.slot) } as const;
      await queueNotices(store, alert, notice, (target) => piece.targets.includes(target));
    } catch (cause) {
      errors.set(piece, storeError("Cannot tell that an alert is over", cause));
    }
};

/** One that is there already was stored by whoever began to carry this out: that is success. */
const storeAlerts = async (
  store: AlertStore,
  pieces: readonly AlertPiece[],
): Promise<readonly (StoreError | null)[]> => {
  if (pieces.length === 0) return [];
  await ensureIndices(
    store,
    pieces.map(({ alert }) => alert._index),
  );
  const operations = pieces.map(({ alert: { _index, _id, _source } }): Operation => [
    { create: { _index: store.names.physical(_index), _id } },
    // With what it is only found and ordered by: what its events name, since they themselves are not indexed, and its id, which the
    // store cannot sort by otherwise.
    { ..._source, entities: { ...entitiesOf(_source), id: _id } },
  ]);
  const items = await bulk(store, "Cannot store alerts", operations, { refresh: true });
  return pieces.map(({ alert: { _source } }, position) =>
    itemError(`Cannot store an alert of ${_source.classname}`, items[position]),
  );
};
