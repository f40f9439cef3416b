import {
  type AlertStore,
  readState,
  removeState,
  shardOf,
  statesOfType,
  StoreError,
  writeState,
} from "@mozdef/alert-store";
import { createHash, randomUUID } from "node:crypto";
import { EngineError } from "../engine-error.ts";
import { grouped } from "../grouped.ts";
import type { Gap } from "../ledger/run-record.ts";
import { type Backfill, type BackfillPart, type BackfillRequest, backfillsOf } from "./backfill.ts";

const TYPE: BackfillPart["type"] = "backfill";

/** All parts that are stored. @throws {StoreError} */
export const backfillParts = async (store: AlertStore): Promise<readonly BackfillPart[]> =>
  (await statesOfType(store, TYPE)) as unknown as readonly BackfillPart[];

/** All backfills that are stored, newest first. @throws {StoreError} */
export const listBackfills = async (store: AlertStore): Promise<readonly Backfill[]> =>
  backfillsOf(await backfillParts(store));

const fresh = { status: "open", runs: 0, made: 0, failed: 0, error: null, endedAt: null } as const;

/** Has slots of the past looked at once more. @throws {StoreError} */
export const storeBackfill = async (
  store: AlertStore,
  { alerts, from, to, notify, by }: BackfillRequest,
  now: Date,
): Promise<Backfill> => {
  const id = randomUUID();
  const parts = [...grouped([...new Set(alerts)], shardOf)].map(([shard, names]): BackfillPart => ({
    ...{ ...fresh, type: TYPE, name: `${TYPE}-${id}-${shard}`, id, reason: "asked", shard, alerts: names, notify, by },
    ...{ from: from.toISOString(), doneTo: from.toISOString(), to: to.toISOString(), at: now.toISOString() },
  }));
  for (const part of parts) await writeState(store, part.name, { ...part }, null);
  const [backfill] = backfillsOf(parts);
  if (backfill === undefined) throw new EngineError("BACKFILL_INVALID", "A backfill needs at least one alert.");
  return backfill;
};

/** Slots that alerts have missed, all between the same times. */
export interface Missed {
  readonly alerts: readonly string[];
  readonly shard: number;
  readonly slots: Gap;
}

/** Has slots run that were missed. Whoever finds the same stores the same. @throws {StoreError} */
export const storeMissed = async (
  store: AlertStore,
  { alerts, shard, slots: { from, to } }: Missed,
  now: Date,
): Promise<void> => {
  const names = [...alerts].sort();
  const id = createHash("sha256")
    .update(JSON.stringify([shard, from, to, names]))
    .digest("hex")
    .slice(0, 32);
  const part: BackfillPart = {
    ...{
      ...fresh,
      type: TYPE,
      name: `${TYPE}-${id}`,
      id,
      reason: "missed",
      shard,
      alerts: names,
      notify: true,
      by: null,
    },
    ...{ from: from.toISOString(), doneTo: from.toISOString(), to: to.toISOString(), at: now.toISOString() },
  };
  try {
    await writeState(store, part.name, { ...part }, null);
  } catch (error) {
    if (!(error instanceof StoreError) || error.code !== "STORE_CONFLICT") throw error;
  }
};

/**
 * How far a part has come.
 *
 * @returns the part as it is stored from now on: nothing is changed about one that somebody has cancelled.
 * @throws {StoreError}
 */
export const updateBackfill = async (store: AlertStore, part: BackfillPart): Promise<BackfillPart> => {
  const stored = await readState(store, part.name);
  const before = stored?.source as unknown as BackfillPart | undefined;
  if (before?.status !== "open") return before ?? { ...part, status: "cancelled" };
  await writeState(store, part.name, { ...part }, stored);
  return part;
};

/** How long it is known that a backfill has ended, in milliseconds. */
const KEPT_MS = 7 * 86_400_000;

/** Deletes what ended a week ago. @throws {StoreError} */
export const forgetBackfills = async (store: AlertStore, parts: readonly BackfillPart[], now: Date): Promise<void> => {
  const old = parts.filter(({ endedAt }) => endedAt !== null && now.getTime() - Date.parse(endedAt) > KEPT_MS);
  for (const { name } of old) await removeState(store, name);
};

/** Somebody else may write how far it is in the same moment: each round one of them gets through. */
const MOST_ROUNDS = 5;

/**
 * Ends a backfill: what was run stays.
 *
 * @throws {EngineError} `BACKFILL_NOT_FOUND`. @throws {StoreError}
 */
export const cancelBackfill = async (store: AlertStore, id: string, now: Date): Promise<Backfill> => {
  const parts = (await backfillParts(store)).filter((part) => part.id === id);
  if (parts.length === 0) throw notFound(id);
  const ended: BackfillPart[] = [];
  for (const { name } of parts) ended.push(await cancelPart(store, name, now));
  const [backfill] = backfillsOf(ended);
  if (backfill === undefined) throw notFound(id);
  return backfill;
};

const notFound = (id: string): EngineError =>
  new EngineError(
    "BACKFILL_NOT_FOUND",
    `There is no backfill ${JSON.stringify(id.slice(0, 100))}. The list of backfills has the ids of all.`,
  );

const cancelPart = async (store: AlertStore, name: string, now: Date): Promise<BackfillPart> => {
  for (let round = 1; ; round += 1) {
    const stored = await readState(store, name);
    const before = stored?.source as unknown as BackfillPart | undefined;
    if (before === undefined) throw notFound(name);
    if (before.status !== "open") return before;
    const part: BackfillPart = { ...before, status: "cancelled", endedAt: now.toISOString() };
    try {
      await writeState(store, name, { ...part }, stored);
      return part;
    } catch (error) {
      if (round === MOST_ROUNDS || !(error instanceof StoreError) || error.code !== "STORE_CONFLICT") throw error;
    }
  }
};
