import type { AlertMessage } from "@mozdef/alert/runtime";
import type { AlertStore } from "../alert-store.ts";
import type { KnownMarks } from "../commit/known-marks.ts";
import { type UnmarkedEvents, unmarkedEvents } from "../commit/unmarked-events.ts";
import { bulk } from "../requests/bulk.ts";
import type { StoreError } from "../store-error.ts";
import { applyPieces } from "./apply.ts";
import { appliedOperation, noteApplied } from "./applied.ts";
import { type Decided, type DecidedRun, decide, type EntryRecord, type Group } from "./decide.ts";
import { type Piece, shardOf, type SlotEntry } from "./entry.ts";
import { failuresOf } from "./failures.ts";
import { piecesOf, type RunWants } from "./pieces.ts";
import { readPieces, type WholeEntry } from "./read-entries.ts";
import { latestState, stateVersions } from "./state-versions.ts";

/** Runs of one slot, to be stored. */
export interface SlotCommit {
  readonly slot: Date;
  readonly runs: readonly RunWants[];
  /** What is known of the events, see `Found`. Default: they are read. */
  readonly known?: KnownMarks;
  /**
   * The alerts whose run belongs to the slot, so that nobody else decides about it again. A run that somebody has asked for belongs to none.
   * Default: none.
   */
  readonly scheduled?: ReadonlySet<string>;
  /**
   * What is kept of runs beside what follows from them. Called before anything is stored, and again when not all could be.
   * Default: nothing, and runs that want nothing stored leave no trace.
   */
  readonly record?: (runs: readonly RecordedRun[]) => EntryRecord;
}

/** A run that is to be recorded. */
export interface RecordedRun {
  /** Its place among those of the commit. */
  readonly place: number;
  /** Null before anything is stored. */
  readonly outcome: RunOutcome | null;
}

/** What became of a run. */
export interface RunOutcome {
  /** In the order given: the alert as stored, or why it was refused. What somebody else has decided: theirs. */
  readonly alerts: readonly (AlertMessage | StoreError)[];
  /** What else could not be stored. */
  readonly errors: readonly StoreError[];
  /** What somebody else had decided about the slot before; null when nobody had. Then nothing of this run counts. */
  readonly before: SlotEntry | null;
}

/** What became of a commit. */
export interface CommitOutcome {
  /** In the order of the runs. */
  readonly runs: readonly RunOutcome[];
  readonly unmarked: readonly UnmarkedEvents[];
}

/**
 * Records what was decided about a slot, and carries it out.
 *
 * The record is the commit: who writes it first has decided, and what follows from it can be done by anyone, any number of times, see
 * {@link finishCommits}. So nothing is lost and nothing is done twice, wherever a process dies or is paused. What fails about one alert is
 * that alert's error.
 *
 * @throws {StoreError} when a step fails as a whole.
 */
export const commitSlot = async (store: AlertStore, commit: SlotCommit): Promise<CommitOutcome> => {
  const groups = await groupsOf(store, commit);
  if (groups.length === 0) return { runs: commit.runs.map(() => NOTHING), unmarked: [] };
  const record = commit.record ?? (() => ({ health: "ok" as const }));
  const decided = await decide(store, groups, (runs) => record(runs.map(({ place }) => ({ place, outcome: null }))));
  const entries = [...decided.own, ...(await readOthers(store, decided))];
  const open = entries.filter(({ entry }) => entry.status === "decided");
  const { errors, unmarked } = await applyPieces(
    store,
    open.flatMap(({ pieces }) => pieces),
    commit.known,
  );
  const outcomes = outcomesOf(commit, decided, entries, errors);
  await close(store, open, errors, (runs) =>
    record(runs.map(({ place }) => ({ place, outcome: outcomes[place] ?? null }))),
  );
  return { runs: outcomes, unmarked: unmarkedEvents(unmarked) };
};

const NOTHING: RunOutcome = { alerts: [], errors: [], before: null };

/** One for each shard, and one for the runs that somebody has asked for. */
const groupsOf = async (
  store: AlertStore,
  { slot, runs, scheduled = new Set(), record }: SlotCommit,
): Promise<readonly Group[]> => {
  const kept = latestState(runs.flatMap(({ state = [] }) => state));
  const versions = await stateVersions(store, kept);
  const groups = new Map<number | null, DecidedRun[]>();
  for (const [place, run] of runs.entries()) {
    const state = run.state?.filter((document) => kept.has(document)) ?? [];
    const pieces = piecesOf({ ...run, state }, versions);
    if (record === undefined && pieces.length === 0) continue;
    const shard = scheduled.has(run.name) ? shardOf(run.name) : null;
    const decided = { name: run.name, isFinal: run.isFinal ?? true, pieces, place };
    const group = groups.get(shard);
    if (group === undefined) groups.set(shard, [decided]);
    else group.push(decided);
  }
  return [...groups].map(([shard, decided]) => ({ shard, slot, runs: decided }));
};

/** What entries of others have decided. */
const readOthers = async (store: AlertStore, { others }: Decided): Promise<readonly WholeEntry[]> => {
  const entries = new Map([...others.values()].map((entry) => [entry.id, entry]));
  const whole: WholeEntry[] = [];
  for (const entry of entries.values()) whole.push({ ...entry, pieces: await readPieces(store, entry) });
  return whole;
};

type Errors = ReadonlyMap<Piece, StoreError>;

/** In the order of the runs. */
const outcomesOf = (
  { runs }: SlotCommit,
  decided: Decided,
  entries: readonly WholeEntry[],
  errors: Errors,
): readonly RunOutcome[] => {
  const own = new Map(decided.own.flatMap((entry) => entry.runs.map(({ place, pieces }) => [place, pieces])));
  const ofOthers = entries.filter(({ id }) => !decided.own.some((entry) => entry.id === id));
  const byEntry = new Map(ofOthers.map(({ id, pieces }) => [id, piecesByRun(pieces)]));
  return runs.map(({ name }, place) => {
    const failed = decided.failed.get(place);
    const before = decided.others.get(place);
    const pieces = (before === undefined ? own.get(place) : byEntry.get(before.id)?.get(name)) ?? [];
    return {
      alerts: pieces.flatMap((piece) => (piece.kind === "alert" ? [errors.get(piece) ?? piece.alert] : [])),
      errors: [
        ...(failed === undefined ? [] : [failed]),
        ...pieces.flatMap((piece) => (piece.kind === "alert" ? [] : (errors.get(piece) ?? []))),
      ],
      before: before?.entry ?? null,
    };
  });
};

const piecesByRun = (pieces: readonly Piece[]): ReadonlyMap<string, readonly Piece[]> => {
  const byRun = new Map<string, Piece[]>();
  for (const piece of pieces) {
    const known = byRun.get(piece.run);
    if (known === undefined) byRun.set(piece.run, [piece]);
    else known.push(piece);
  }
  return byRun;
};

/**
 * Entries that are carried out say so with the next request, large ones at once: to do those again takes minutes. What the store will never
 * take is recorded at once, too. What can still be carried out stays as it is, for {@link finishCommits}.
 */
const close = async (
  store: AlertStore,
  entries: readonly WholeEntry[],
  errors: Errors,
  record: (runs: readonly DecidedRun[]) => EntryRecord,
): Promise<void> => {
  const isOpen = ({ pieces }: WholeEntry): boolean => pieces.some((piece) => errors.get(piece)?.retryable === true);
  const done = entries.filter((entry) => !isOpen(entry));
  const failed = done.filter(({ pieces }) => pieces.some((piece) => errors.has(piece)));
  const large = done.filter((entry) => entry.entry.parts !== undefined && !failed.includes(entry));
  const operations = [
    ...failed.map((entry) => {
      const recorded = "runs" in entry ? record(entry.runs as readonly DecidedRun[]) : {};
      return appliedOperation(store, entry, { ...recorded, ...failuresOf(entry.pieces, errors) });
    }),
    ...large.map((entry) => appliedOperation(store, entry)),
  ];
  noteApplied(
    store,
    done.filter((entry) => !failed.includes(entry) && !large.includes(entry)),
  );
  if (operations.length > 0) await bulk(store, "Cannot record what a slot has come to", operations);
};
