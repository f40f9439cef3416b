import { type AlertException, isHolding } from "@mozdef/alert/runtime";
import type { AlertStore } from "@mozdef/alert-store";
import type { TaskRef } from "../host/alert-host.ts";
import { type RegisteredAlert, taskRefOf } from "../registry/registered-alert.ts";
import { clausesOf } from "./stored-exception.ts";
import { listExceptions } from "./stored-exceptions.ts";

/** The exceptions that people have made while the service runs. */
export interface Exceptions {
  /** Takes over what others have changed. @throws {StoreError} */
  refresh(now: Date): Promise<void>;
  /** Those of an alert that hold at a slot, as they are known. */
  of(alert: string, slot: Date): readonly AlertException[];
}

/** Knows of none until it is refreshed. */
export const createExceptions = (store: AlertStore): Exceptions => {
  let known: ReadonlyMap<string, readonly AlertException[]> = new Map();
  return {
    refresh: async (now) => {
      const byAlert = new Map<string, AlertException[]>();
      for (const stored of await listExceptions(store, now)) {
        const before = byAlert.get(stored.alert) ?? [];
        byAlert.set(stored.alert, [...before, clausesOf(stored)]);
      }
      known = byAlert;
    },
    of: (alert, slot) => (known.get(alert) ?? []).filter((exception) => isHolding(exception, slot)),
  };
};

/** How the engine names an alert to a host at a slot: with the exceptions of the configuration and those of people. */
export const taskRefAt = (alert: RegisteredAlert, slot: Date, stored: Pick<Exceptions, "of">): TaskRef => {
  const ofPeople = stored.of(alert.name, slot);
  return taskRefOf(ofPeople.length === 0 ? alert : { ...alert, exceptions: [...alert.exceptions, ...ofPeople] });
};
