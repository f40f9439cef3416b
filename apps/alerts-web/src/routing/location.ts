import { useSyncExternalStore } from "react";

const listeners = new Set<() => void>();

const subscribe = (listener: () => void) => {
  listeners.add(listener);
  window.addEventListener("popstate", listener);
  return () => {
    listeners.delete(listener);
    window.removeEventListener("popstate", listener);
  };
};

const currentAddress = (): string => window.location.pathname + window.location.search;

/** Path and query of the page; the component renders again when they change. */
export const useAddress = (): string => useSyncExternalStore(subscribe, currentAddress);

/** Shows another address of this application. `replace` leaves no step in the history, for changes while typing. */
export const navigate = (address: string, { replace = false } = {}): void => {
  window.history[replace ? "replaceState" : "pushState"](null, "", address);
  for (const listener of listeners) listener();
};
