import type { Log } from "@mozdef/alert/runtime";
import type { AlertServices } from "@mozdef/alert-engine";
import { reverse } from "node:dns/promises";
import type { Terminal } from "../terminal.ts";

/** The outside world of an alert that is looked at from a terminal. */
export const alertServices = ({ err }: Pick<Terminal, "err">): AlertServices => ({
  log: logTo(err),
  fetch,
  dns: {
    reverse: async (address) => {
      try {
        return (await reverse(address))[0] ?? null;
      } catch {
        // A missing name and a missing server look the same, and neither is an error of the alert.
        return null;
      }
    },
  },
});

/** Warnings and errors only: the rest is for those who run the service. */
const logTo = (err: Terminal["err"]): Log => ({
  debug: () => undefined,
  info: () => undefined,
  warn: (message) => err(`warning: ${message}`),
  error: (message) => err(`error: ${message}`),
});
