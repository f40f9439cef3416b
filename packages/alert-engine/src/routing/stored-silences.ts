import {
  type AlertStore,
  checkPrecondition,
  type Precondition,
  readState,
  statesOfType,
  StoreError,
  type Versioned,
  versionText,
  writeState,
} from "@mozdef/alert-store";
import { randomUUID } from "node:crypto";
import { EngineError } from "../engine-error.ts";
import type { Match } from "./matcher.ts";
import { checkSilence, type Silence, type SilenceRequest } from "./silence.ts";

const TYPE = "silence";

/** For how long one that is over is still listed: what was muted says by which. */
const KEPT_MS = 366 * 86_400_000;

/** Somebody may change it at the same time; each round one of both gets through. */
const MOST_ROUNDS = 10;

/** All silences, also those that are over; the last to end first. @throws {StoreError} */
export const listSilences = async (store: AlertStore, now: Date): Promise<readonly Silence[]> =>
  (await statesOfType(store, TYPE))
    .flatMap((document) => silenceOf(document) ?? [])
    .filter(({ until }) => now.getTime() - until.getTime() < KEPT_MS)
    .sort((a, b) => b.until.getTime() - a.until.getTime());

/** A silence as it is stored, and its version: another one with each change. */
export interface VersionedSilence extends Silence {
  readonly version: string;
}

/** @throws {EngineError} `SILENCE_NOT_FOUND`. @throws {StoreError} */
export const getSilence = async (store: AlertStore, id: string): Promise<VersionedSilence> => {
  const { silence, stored } = await readOne(store, id);
  return { ...silence, version: versionText(stored.version) };
};

/** @throws {EngineError} `SILENCE_INVALID`. @throws {StoreError} */
export const createSilence = async (
  store: AlertStore,
  request: SilenceRequest,
  now: Date,
): Promise<VersionedSilence> => {
  const silence: Silence = {
    ...checkSilence(request, now),
    ...{ id: randomUUID(), createdAt: now, changedBy: null, changedAt: null },
  };
  const version = await writeState(store, stateId(silence.id), documentOf(silence), null);
  return { ...silence, version: versionText(version) };
};

export interface SilenceChange {
  readonly until?: Date | undefined;
  readonly reason?: string | undefined;
  readonly match?: Match | undefined;
  readonly by: string;
}

/**
 * Changes a silence. One that is to end now has `until` in the past.
 *
 * @param precondition - Which version may be changed. Default: any.
 * @throws {EngineError} `SILENCE_NOT_FOUND`, `SILENCE_INVALID`. @throws {StoreError} `STORE_PRECONDITION_FAILED`; `STORE_CONFLICT` when it
 * keeps being changed.
 */
export const changeSilence = async (
  store: AlertStore,
  id: string,
  { by, ...change }: SilenceChange,
  now: Date,
  precondition?: Precondition,
): Promise<VersionedSilence> => {
  for (let round = 1; ; round += 1) {
    const { silence, stored } = await readOne(store, id);
    checkPrecondition(`Cannot change the silence ${id}`, versionText(stored.version), precondition);
    const { match = silence.match, until = silence.until, reason = silence.reason } = change;
    const wanted: Silence = { ...silence, match, until, reason, changedBy: by, changedAt: now };
    if (wanted.until > now) checkSilence(wanted, now);
    try {
      const version = await writeState(store, stateId(id), documentOf(wanted), stored);
      return { ...wanted, version: versionText(version) };
    } catch (error) {
      if (!(error instanceof StoreError && error.code === "STORE_CONFLICT") || round === MOST_ROUNDS) throw error;
    }
  }
};

/** Ends a silence; it stays in the list. @throws as {@link changeSilence}. */
export const endSilence = (
  store: AlertStore,
  id: string,
  by: string,
  now: Date,
  precondition?: Precondition,
): Promise<VersionedSilence> => changeSilence(store, id, { until: now, by }, now, precondition);

const readOne = async (store: AlertStore, id: string): Promise<{ silence: Silence; stored: Versioned }> => {
  const stored = await readState(store, stateId(id));
  const silence = stored === null ? null : silenceOf(stored.source);
  if (stored !== null && silence !== null) return { silence, stored };
  throw new EngineError("SILENCE_NOT_FOUND", `There is no silence with the id ${JSON.stringify(id.slice(0, 200))}.`);
};

const stateId = (id: string): string => `${TYPE}-${id}`;

/** `match` as text: what somebody silences must never be a field of the index. */
const documentOf = ({ id, match, from, until, by, reason, createdAt, changedBy, changedAt }: Silence) => ({
  type: TYPE,
  name: id,
  match: JSON.stringify(match),
  from: from.toISOString(),
  until: until.toISOString(),
  ...{ by, reason, changedby: changedBy },
  createdat: createdAt.toISOString(),
  changedat: changedAt?.toISOString() ?? null,
});

/** Null for what is no silence: others may have written to the index. */
const silenceOf = (document: Readonly<Record<string, unknown>>): Silence | null => {
  const { name, match, from, until, by, reason, createdat, changedby, changedat } = document;
  try {
    return {
      id: String(name),
      match: JSON.parse(String(match)) as Match,
      from: timeOf(from),
      until: timeOf(until),
      ...{ by: String(by), reason: String(reason), createdAt: timeOf(createdat) },
      changedBy: typeof changedby === "string" ? changedby : null,
      changedAt: changedat === null || changedat === undefined ? null : timeOf(changedat),
    };
  } catch {
    return null;
  }
};

const timeOf = (value: unknown): Date => {
  const time = new Date(String(value));
  if (Number.isNaN(time.getTime())) throw new Error("It is not a time.");
  return time;
};
