import { messageOf } from "@mozdef/alert";
import { EngineError } from "../engine-error.ts";
import { type Match, type Matcher, readMatch } from "./matcher.ts";
import { readRecurring, type RecurringInput } from "./open-hours.ts";

/** Times that come again and again, in which alerts are stored and not sent. */
export interface WindowInput extends RecurringInput {
  /** For people: `backup of the databases`. Unique. */
  readonly name: string;
  /** Which alerts. Default: all. */
  readonly match?: Match;
}

/** A window that was read. */
export interface MaintenanceWindow {
  readonly name: string;
  readonly matches: Matcher;
  readonly isWithin: (now: Date) => boolean;
}

const KEYS = ["name", "match", "begins", "lasts"];

/** @throws {EngineError} `ROUTE_INVALID` naming the window and the key. */
export const readWindows = (windows: readonly WindowInput[]): readonly MaintenanceWindow[] =>
  windows.map((window, place) => {
    const { name, match = {}, begins, lasts } = window;
    const wrong = (what: string, cause?: unknown) =>
      new EngineError(
        "ROUTE_INVALID",
        `The maintenance window ${typeof name === "string" ? JSON.stringify(name) : place} is wrong: ${what}.`,
        {
          cause,
        },
      );
    const unknown = Object.keys(window).find((key) => !KEYS.includes(key));
    if (unknown !== undefined)
      throw wrong(`unknown key ${JSON.stringify(unknown)}, expected some of ${KEYS.join(", ")}`);
    if (typeof name !== "string" || name === "" || windows.findIndex((other) => other.name === name) !== place)
      throw wrong("expected a name that no other has");
    try {
      return { name, matches: readMatch(match), isWithin: readRecurring({ begins, lasts }).isWithin };
    } catch (cause) {
      throw wrong(messageOf(cause), cause);
    }
  });
