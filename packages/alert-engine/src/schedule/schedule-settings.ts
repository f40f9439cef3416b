import {
  type AlertStore,
  checkPrecondition,
  type Precondition,
  readState,
  statesOfType,
  StoreError,
  writeState,
} from "@mozdef/alert-store";
import { isoUtc, messageOf, type Schedule } from "@mozdef/alert";
import { readSchedule } from "@mozdef/alert/runtime";
import { createHash } from "node:crypto";

/** What people changed about the schedule of an alert; wins over configuration and pack. */
export interface ScheduleSetting {
  readonly enabled?: boolean;
  readonly schedule?: Schedule;
  /** Slots before are not caught up: the alert was off then, or had another schedule. ISO 8601. */
  readonly since?: string;
  /** How often somebody has let the alert run again after it had taken its process along. */
  readonly releases?: number;
  readonly modifiedat?: string;
  readonly modifiedby?: string;
}

/** What may be changed about the schedule of an alert. */
export interface ScheduleChange {
  readonly enabled?: boolean | undefined;
  /** null: that of configuration and pack again. */
  readonly schedule?: Schedule | null;
  /** Whether the alert runs again although it has taken its process along, see `Suspension`. Default false. */
  readonly release?: boolean | undefined;
  /** Whether the alert begins now, since it was off or had another schedule. Default false. */
  readonly begins?: boolean;
  /** Why. Default: nobody says. */
  readonly reason?: string | undefined;
  /** Who changes it. */
  readonly by: string;
}

/** A change that was made. */
export interface ScheduleChanged extends ScheduleChange {
  /** ISO 8601 in UTC. */
  readonly at: string;
}

/** As it is stored: a document an alert, so that changes of different alerts do not meet. */
interface StoredSetting {
  readonly type: "schedule";
  readonly name: string;
  readonly setting: ScheduleSetting;
  /** Oldest first. */
  readonly changes: readonly ScheduleChanged[];
}

const TYPE: StoredSetting["type"] = "schedule";

/** Names may be longer than ids. */
const idOf = (name: string): string => `${TYPE}-${createHash("sha256").update(name).digest("hex").slice(0, 32)}`;

/**
 * Settings by the name of the alert. A schedule that cannot be read is left out, so that one setting does not stop the others.
 *
 * @param onWrong - Is told of it.
 * @throws {StoreError}
 */
export const loadSettings = async (
  store: AlertStore,
  onWrong: (message: string) => void,
): Promise<Map<string, ScheduleSetting>> => {
  const stored = (await statesOfType(store, TYPE)) as unknown as readonly StoredSetting[];
  return new Map(stored.map(({ name, setting }) => [name, readable(name, setting, onWrong)]));
};

const readable = (
  name: string,
  { schedule, ...setting }: ScheduleSetting,
  onWrong: (message: string) => void,
): ScheduleSetting => {
  if (schedule === undefined) return setting;
  try {
    return { ...setting, schedule: readSchedule(schedule) };
  } catch (error) {
    onWrong(`${name} runs on its configured schedule, since the stored one is wrong: ${messageOf(error)}`);
    return setting;
  }
};

/** The changes of one alert that are kept: the newest. */
const MOST_CHANGES = 1_000;

/** Somebody else may change the same alert in the same moment: each round one of them gets through. */
const MOST_ROUNDS = 5;

/**
 * Changes the setting of one alert, on top of what is stored now: somebody else may have changed it.
 *
 * @param precondition - Which version of the setting may be changed. Default: any.
 * @returns the setting as it is from now on.
 * @throws {StoreError} `STORE_PRECONDITION_FAILED`; `STORE_CONFLICT` when others keep changing it.
 */
export const changeSetting = async (
  store: AlertStore,
  name: string,
  change: ScheduleChange,
  now: Date,
  precondition?: Precondition,
): Promise<ScheduleSetting> => {
  for (let round = 1; ; round += 1) {
    const stored = await readState(store, idOf(name));
    const before = stored?.source as unknown as StoredSetting | undefined;
    // Compared as it is shown: without what cannot be read, which has been told by then.
    const shownNow = readable(name, before?.setting ?? {}, () => undefined);
    checkPrecondition(`Cannot change the schedule of ${name}`, settingVersion(shownNow), precondition);
    const setting = changed(before?.setting ?? {}, change, now);
    const changes = [...(before?.changes ?? []), { at: isoUtc(now), ...shown(change) }].slice(-MOST_CHANGES);
    const document: StoredSetting = { type: TYPE, name, setting, changes };
    try {
      await writeState(store, idOf(name), { ...document }, stored);
      return setting;
    } catch (error) {
      if (round === MOST_ROUNDS || !(error instanceof StoreError) || error.code !== "STORE_CONFLICT") throw error;
    }
  }
};

const shown = ({ begins: _begins, ...change }: ScheduleChange): ScheduleChange => change;

const changed = (
  { schedule: before, ...kept }: ScheduleSetting,
  { enabled, schedule: wanted, begins = false, release = false, by }: ScheduleChange,
  now: Date,
): ScheduleSetting => {
  const schedule = wanted === undefined ? before : wanted;
  return {
    ...kept,
    ...(enabled !== undefined && { enabled }),
    ...(schedule != null && { schedule }),
    ...(begins && { since: now.toISOString() }),
    ...(release && { releases: (kept.releases ?? 0) + 1 }),
    modifiedat: isoUtc(now),
    modifiedby: by,
  };
};

/** What was changed about an alert, newest first. @throws {StoreError} */
export const settingChanges = async (store: AlertStore, name: string): Promise<readonly ScheduleChanged[]> => {
  const stored = await readState(store, idOf(name));
  return ((stored?.source as unknown as StoredSetting | undefined)?.changes ?? []).toReversed();
};

/** Another one with each change, wherever it was made. */
export const settingVersion = (setting: ScheduleSetting): string =>
  createHash("sha256").update(keyOf(setting)).digest("hex").slice(0, 16);

export const isSameSetting = (a: ScheduleSetting, b: ScheduleSetting): boolean => keyOf(a) === keyOf(b);

const keyOf = ({ enabled, schedule, since, releases, modifiedat, modifiedby }: ScheduleSetting): string =>
  JSON.stringify([enabled, schedule, since, releases, modifiedat, modifiedby]);
