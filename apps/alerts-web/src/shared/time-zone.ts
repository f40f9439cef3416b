import { useSyncExternalStore } from "react";
import { readStored, writeStored } from "./stored.ts";

/** How times are shown and asked for: in UTC, as the service keeps them, or in the zone of the reader's computer. */
export type TimeZone = "UTC" | "local";

const STORAGE_KEY = "mozdef.timezone";
const listeners = new Set<() => void>();
let chosen: TimeZone | undefined;

/** What the reader of this browser chose. Default: UTC. */
export const timeZone = (): TimeZone => (chosen ??= stored());

/** Draws the pages anew, and remembers the choice; where the browser may not, it lasts as long as the page. */
export const chooseTimeZone = (zone: TimeZone): void => {
  chosen = zone;
  writeStored(STORAGE_KEY, zone);
  for (const listener of listeners) listener();
};

/** The choice, kept up to date. */
export const useTimeZone = (): TimeZone => useSyncExternalStore(subscribe, timeZone);

/** `From (UTC)`: the name of a field for a time, with the zone it is read in. */
export const withZone = (label: string, zone = timeZone()): string => `${label} (${zone})`;

const stored = (): TimeZone => (readStored(STORAGE_KEY) === "local" ? "local" : "UTC");

const subscribe = (listener: () => void) => {
  /** Another tab of this browser chose. */
  const onStorage = ({ key }: StorageEvent) => {
    if (key !== STORAGE_KEY && key !== null) return;
    chosen = undefined;
    listener();
  };
  listeners.add(listener);
  window.addEventListener("storage", onStorage);
  return () => {
    listeners.delete(listener);
    window.removeEventListener("storage", onStorage);
  };
};
