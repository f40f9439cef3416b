import { isoUtc } from "@mozdef/alert";
import { type EventIds, jsonWeight, type NewAlert } from "@mozdef/alert/runtime";
import type { Addition } from "../commit/add-to-alerts.ts";
import type { Resolution } from "../commit/resolve-alerts.ts";
import type { StateDocument } from "../commit/state-document.ts";
import type { EventRef } from "../coverage/coverage-document.ts";
import type { Destination } from "../dispatch/destination.ts";
import type { DocumentVersion } from "../requests/hits.ts";
import type { AlertRef, CoversPiece, Piece } from "./entry.ts";

/** An alert that is to be stored. */
export interface PendingAlert extends NewAlert {
  /** Where it goes. Default: nowhere. */
  readonly destinations?: readonly Destination[];
}

/** What one run wants stored. */
export interface RunWants {
  /** The alert that has run. */
  readonly name: string;
  /** Whether its slot is done: it is not when the store failed on it. Default true. */
  readonly isFinal?: boolean;
  readonly alerts: readonly PendingAlert[];
  /** Alerts that a plugin dropped: not stored, but their events count as alerted. */
  readonly dropped?: readonly NewAlert[];
  /** What is added to alerts that are there. */
  readonly added?: readonly Addition[];
  /** Alerts whose condition has ended. */
  readonly resolved?: readonly Resolution[];
  /** What the alert keeps between runs. */
  readonly state?: readonly StateDocument[];
}

/** Versions of documents that alerts keep, by {@link stateKey}; null for those that are not there. */
export type StateVersions = ReadonlyMap<string, DocumentVersion | null>;

export const stateKey = ({ index, id }: Pick<StateDocument, "index" | "id">): string => JSON.stringify([index, id]);

/** The pieces of a run, in the order of what it wants: alerts, additions, what has ended, state, and then what is covered. */
export const piecesOf = (wants: RunWants, versions: StateVersions): readonly Piece[] => {
  const { name: run, alerts, dropped = [], added = [], resolved = [], state = [] } = wants;
  const further: Piece[] = [];
  const pieces: Piece[] = alerts.map((made): Piece => {
    const [covers = [], ...others] = coversOf(made);
    for (const more of others) further.push(coversPiece(run, made, made.alert, more));
    return { kind: "alert", run, alert: made.alert, destinations: made.destinations ?? [], covers };
  });
  for (const { to, slot, count, covering } of added) {
    pieces.push({ kind: "added", run, to: { index: to.index, id: to.id }, slot: isoUtc(slot), count });
    for (const made of covering)
      for (const covers of coversOf(made))
        further.push(coversPiece(run, made, { _index: to.index, _id: to.id }, covers));
  }
  for (const { to, slot, afterMs, targets = [] } of resolved)
    pieces.push({
      ...{ kind: "resolved", run, to: { index: to.index, id: to.id }, slot: isoUtc(slot), afterms: afterMs },
      targets,
    });
  for (const document of state)
    pieces.push({ kind: "state", run, document, replaces: versions.get(stateKey(document)) ?? null });
  for (const made of dropped) for (const covers of coversOf(made)) further.push(coversPiece(run, made, null, covers));
  return [...pieces, ...further];
};

const coversPiece = (
  run: string,
  { alert: { _source } }: NewAlert,
  alert: AlertRef | null,
  covers: readonly EventIds[],
): CoversPiece => ({
  kind: "covers",
  run,
  name: _source.classname,
  utctimestamp: _source.utctimestamp,
  alert: alert === null ? null : { _index: alert._index, _id: alert._id },
  covers,
});

/** Events in one piece: about 3 MB. */
const MOST_COVERS = 50_000;

/** The events of an alert, in portions. */
const coversOf = ({ covers, coversFurther = [] }: NewAlert): readonly (readonly EventIds[])[] => {
  const all = [...idsByIndex(covers), ...coversFurther];
  const count = all.reduce((sum, { ids }) => sum + ids.length, 0);
  if (count <= MOST_COVERS) return count === 0 ? [] : [all];
  return all.flatMap(({ index, ids }) =>
    Array.from({ length: Math.ceil(ids.length / MOST_COVERS) }, (_, part) => [
      { index, ids: ids.slice(part * MOST_COVERS, (part + 1) * MOST_COVERS) },
    ]),
  );
};

const idsByIndex = (refs: readonly EventRef[]): readonly EventIds[] => {
  const indices = new Map<string, string[]>();
  for (const { _index, _id } of refs) {
    const ids = indices.get(_index);
    if (ids === undefined) indices.set(_index, [_id]);
    else ids.push(_id);
  }
  return [...indices].map(([index, ids]) => ({ index, ids }));
};

/** Characters of the pieces in one document, about. */
const MOST_CHARACTERS = 4_000_000;

/** Pieces, each lot small enough for a document; one lot when they all are. */
export const lotsOf = (pieces: readonly Piece[]): readonly (readonly Piece[])[] => {
  const lots: Piece[][] = [];
  let weight = Number.POSITIVE_INFINITY;
  for (const piece of pieces) {
    const own = jsonWeight(piece);
    const lot = lots.at(-1);
    if (lot === undefined || weight + own > MOST_CHARACTERS) {
      lots.push([piece]);
      weight = own;
    } else {
      lot.push(piece);
      weight += own;
    }
  }
  return lots;
};
