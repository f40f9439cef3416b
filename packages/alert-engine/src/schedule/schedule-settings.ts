import { type AlertStore, readState, type StateDocument, STATE_INDEX, writeState } from "@mozdef/alert-store";
import type { Schedule } from "@mozdef/alert";

/** What people changed about the schedule of an alert; wins over configuration and pack. */
export interface ScheduleSetting {
  readonly enabled?: boolean;
  readonly schedule?: Schedule;
  readonly modifiedat?: string;
  readonly modifiedby?: string;
}

const SETTINGS_ID = "schedules";
const PROGRESS_ID = "progress";

/** Settings by the name of the alert. */
export const loadSettings = async (store: AlertStore): Promise<Map<string, ScheduleSetting>> => {
  const stored = await readState(store, SETTINGS_ID);
  return new Map(Object.entries((stored?.source.settings ?? {}) as Record<string, ScheduleSetting>));
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
