import type { AlertAction, AlertMessage } from "@mozdef/alert/runtime";
import { isRegistered } from "@mozdef/alert/runtime";

/** Actions by the names that the configuration gives them: the targets of alerts. */
export type Actions = Readonly<Record<string, AlertAction>>;

/** Where an alert goes: every action that wants it, in the order of the configuration. */
export const targetsOf = (actions: Actions, message: AlertMessage): readonly string[] =>
  Object.entries(actions).flatMap(([target, { registration = "*" }]) =>
    isRegistered(registration, message) ? [target] : [],
  );
