import { type AlertStore, readState, type StateDocument, STATE_INDEX, writeState } from "@mozdef/alert-store";
import { messageOf, type Schedule } from "@mozdef/alert";
import { readSchedule } from "@mozdef/alert/runtime";

/** What people changed about the schedule of an alert; wins over configuration and pack. */
export interface ScheduleSetting {
  readonly enabled?: boolean;
  readonly schedule?: Schedule;
  readonly modifiedat?: string;
  readonly modifiedby?: string;
}

const SETTINGS_ID = "schedules";
const PROGRESS_ID = "progress";

/**
 * Settings by the name of the alert. A schedule that cannot be read is left out, so that one setting does not stop the others.
 *
 * @param onWrong - Is told of it.
 */
export const loadSettings = async (
  store: AlertStore,
  onWrong: (message: string) => void,
): Promise<Map<string, ScheduleSetting>> => {
  const stored = await readState(store, SETTINGS_ID);
  const settings = Object.entries((stored?.source.settings ?? {}) as Record<string, ScheduleSetting>);
  return new Map(settings.map(([name, setting]) => [name, readable(name, setting, onWrong)]));
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

/**
 * Stores the settings of one alert and leaves the others as they are in the store.
 *
 * @throws {StoreError} `STORE_CONFLICT` when somebody else changed settings at the same moment.
 */
export const saveSetting = async (store: AlertStore, name: string, setting: ScheduleSetting): Promise<void> => {
  const stored = await readState(store, SETTINGS_ID);
  const settings = { ...(stored?.source.settings as object | undefined), [name]: setting };
  await writeState(store, SETTINGS_ID, { type: "schedules", settings }, stored);
};

/** The last slot of each alert, by name. */
export const loadProgress = async (store: AlertStore): Promise<Map<string, Date>> => {
  const stored = await readState(store, PROGRESS_ID);
  const slots = Object.entries((stored?.source.slots ?? {}) as Record<string, string>);
  return new Map(slots.map(([name, slot]) => [name, new Date(slot)]));
};

/** One document for all alerts, so that a tick of any number of alerts writes one. */
export const progressDocument = (slots: ReadonlyMap<string, Date>): StateDocument => ({
  index: STATE_INDEX,
  id: PROGRESS_ID,
  source: {
    type: "progress",
    slots: Object.fromEntries([...slots].map(([name, slot]) => [name, slot.toISOString()])),
  },
});
