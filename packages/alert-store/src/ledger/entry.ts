import type { AlertMessage, EventIds } from "@mozdef/alert/runtime";
import type { StateDocument } from "../commit/state-document.ts";
import { slotIndex } from "../names.ts";
import type { Destination } from "../dispatch/destination.ts";
import type { DocumentVersion } from "../requests/hits.ts";

/** How far a decision has come: `decided` is still to be carried out, whole or in part; `applied` is done. */
export type EntryStatus = "decided" | "applied";

/**
 * What was decided for a slot, as it is stored: which alerts have run, and all that follows from it. Written with `create`: whoever writes it
 * first has decided, and everybody else carries out the same.
 */
export interface SlotEntry {
  /** `asked`: the runs belong to no slot, since somebody has asked for them. */
  readonly type: "slot" | "asked";
  readonly status: EntryStatus;
  /** The slot. */
  readonly utctimestamp: string;
  readonly health: "ok" | "error";
  /** The shard of its alerts; of runs that somebody has asked for, that of the first. */
  readonly shard: number;
  /** The alerts that have run. */
  readonly names: readonly string[];
  /** Of those, the ones whose slot is not done: the store failed on them, and they run again. */
  readonly again?: readonly string[];
  /** The instance that has decided. */
  readonly runner: string;
  /** Of several entries of a slot and shard, the how manieth: the first is 0. */
  readonly position: number;
  /** Absent when there is nothing to do, or when it is in parts. */
  readonly pieces?: readonly Piece[];
  readonly parts?: Parts;
  /** Why some of it could not be carried out, the first hundred reasons. */
  readonly refused?: readonly string[];
  /** Ids of alerts that the store did not take. */
  readonly unstored?: readonly string[];
}

/** Where the pieces of a large decision are: so many documents, whose ids begin so. */
export interface Parts {
  readonly id: string;
  readonly count: number;
}

/** One of the documents that hold a large decision. */
export interface EntryPart {
  readonly type: "part";
  readonly utctimestamp: string;
  readonly pieces: readonly Piece[];
}

/** One thing to do. Each may be done any number of times, by anyone. */
export type Piece = AlertPiece | CoversPiece | AddedPiece | ResolvedPiece | StatePiece;

interface OfRun {
  /** The alert that has run. */
  readonly run: string;
}

/** An alert to be stored. */
export interface AlertPiece extends OfRun {
  readonly kind: "alert";
  /** As stored, with the logical name of its index. */
  readonly alert: AlertMessage;
  /** Where it goes. */
  readonly destinations: readonly Destination[];
  readonly covers: readonly EventIds[];
}

/** Further events that are covered: by a large alert, by one that a plugin dropped, by what was added to an alert. */
export interface CoversPiece extends OfRun {
  readonly kind: "covers";
  /** The own name of the alert. */
  readonly name: string;
  readonly utctimestamp: string;
  /** The alert they are part of; null when it is not stored. */
  readonly alert: AlertRef | null;
  readonly covers: readonly EventIds[];
}

export interface AlertRef {
  readonly _index: string;
  readonly _id: string;
}

/** What is added to an alert that is there. */
export interface AddedPiece extends OfRun {
  readonly kind: "added";
  readonly to: { readonly index: string; readonly id: string };
  readonly slot: string;
  /** Events. */
  readonly count: number;
}

/** An alert whose condition has ended: it is closed, unless something is added to it first. */
export interface ResolvedPiece extends OfRun {
  readonly kind: "resolved";
  readonly to: { readonly index: string; readonly id: string };
  readonly slot: string;
  /** For how long it was not found, at least, in milliseconds. */
  readonly afterms: number;
  /** Names of the targets that are told that it is over, of those that have got it. */
  readonly targets: readonly string[];
}

/** What an alert keeps. */
export interface StatePiece extends OfRun {
  readonly kind: "state";
  readonly document: StateDocument;
  /** What it replaces; null when there must be none. A decision that is carried out late replaces nothing newer. */
  readonly replaces: DocumentVersion | null;
}

/** Alerts are spread over as many shards, each with its own decisions. */
export const SHARDS = 16;

/** The shard of an alert, by its name: FNV-1a, since thousands are asked for in a tick. */
export const shardOf = (name: string): number => {
  let hash = 0x811c9dc5;
  for (let index = 0; index < name.length; index += 1)
    hash = Math.imul(hash ^ name.charCodeAt(index), 0x01000193) >>> 0;
  return hash % SHARDS;
};

/** The entries of a slot and shard, one after the other: nobody writes the second before there is a first. */
export const entryId = (shard: number, slot: Date, position: number): string =>
  `${slot.getTime()}-${shard}-${position}`;

/** By the day of its slot, so that old ones go with their index. */
export const indexOfEntry = ({ utctimestamp }: Pick<SlotEntry, "utctimestamp">): string =>
  slotIndex(new Date(utctimestamp));
