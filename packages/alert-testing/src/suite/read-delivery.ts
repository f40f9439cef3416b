import { messageOf } from "@mozdef/alert";
import {
  type Actions,
  type Inhibition,
  type MaintenanceWindow,
  type Match,
  readInhibitions,
  readMatch,
  readRoutes,
  type Route,
  readWindows,
} from "@mozdef/alert-engine";
import { actionProblem } from "@mozdef/alert/runtime";
import { preview } from "@mozdef/query/tools";
import { isPlainObject } from "../build/merge.ts";
import { offsetMs, offsetText } from "../build/offsets.ts";
import { checkKeys } from "./check-keys.ts";
import type { CaseSilence, DeliveryOptions, ExpectedDelivery } from "./delivery-options.ts";
import type { Refuse } from "./refuse.ts";
import type { FiringCase } from "./suite.ts";

/** A silence with its times from the suite's `now`, in milliseconds. */
export interface PreparedSilence {
  readonly match: Match;
  readonly fromMs: number;
  readonly untilMs: number;
  readonly by: string;
  readonly reason: string;
}

/** What happens to the alerts of a case after they are saved, checked. */
export interface PreparedDelivery {
  readonly actions: Actions;
  readonly routes: readonly Route[] | null;
  readonly silences: readonly PreparedSilence[];
  readonly inhibitions: readonly Inhibition[];
  readonly windows: readonly MaintenanceWindow[];
  /** Until when messages are sent, from the suite's `now`; null: until the last run. */
  readonly untilMs: number | null;
  /** By target; null: nothing is said about them. */
  readonly expected: ReadonlyMap<string, readonly ExpectedDelivery[]> | null;
  /** As it was written, to tell cases apart. */
  readonly said: unknown;
}

/** What may be said of a case beside its runs. */
type Said = DeliveryOptions & Pick<FiringCase, "deliveries" | "until">;

const KEYS = ["routes", "silences", "inhibit", "windows", "deliveries", "until"] as const;

interface Reading {
  readonly label: string;
  /** The time of the last run. */
  readonly lastMs: number;
  readonly refuse: Refuse;
}

/**
 * What the case says, else the suite.
 *
 * @returns null when there are no receivers.
 */
export const readDelivery = (suite: DeliveryOptions, testCase: Said, reading: Reading): PreparedDelivery | null => {
  const { label, refuse } = reading;
  const said: Said = { ...only(suite), ...only(testCase) };
  const actions = Object.entries(said.actions ?? {}).filter((entry) => entry[1] !== undefined);
  if (actions.length === 0) {
    const useless = KEYS.find((key) => said[key] !== undefined);
    if (useless === undefined) return null;
    throw refuse(`${label} has "${useless}" and no "actions". Say who receives: actions: { soc: receiver() }.`);
  }
  for (const [name, action] of actions) {
    const problem = actionProblem(action);
    if (problem !== null) throw refuse(`${label}: wrong actions.${name}: ${problem}.`);
  }
  const names = actions.map(([name]) => name);
  try {
    return {
      actions: Object.fromEntries(actions) as Actions,
      routes: said.routes === undefined ? null : readRoutes(said.routes, names),
      silences: (said.silences ?? []).map((silence) => readCaseSilence(silence, label, refuse)),
      inhibitions: readInhibitions(said.inhibit ?? []),
      windows: readWindows(said.windows ?? []),
      untilMs: readUntil(said.until, reading),
      expected: readExpected(said.deliveries, names, label, refuse),
      said: { ...said, deliveries: undefined },
    };
  } catch (cause) {
    if (cause instanceof Error && "code" in cause && cause.code === "ROUTE_INVALID")
      throw refuse(`${label}: ${messageOf(cause)}`);
    throw cause;
  }
};

/** Without what is not there, so that it does not hide what the suite says. */
const only = ({ actions, routes, silences, inhibit, windows, deliveries, until }: Said): Said =>
  Object.fromEntries(
    Object.entries({ actions, routes, silences, inhibit, windows, deliveries, until }).filter(
      ([, value]) => value !== undefined,
    ),
  );

const YEAR = "365d";

const readCaseSilence = (silence: CaseSilence, label: string, refuse: Refuse): PreparedSilence => {
  checkKeys("silence", silence, `A silence of ${label}`, refuse);
  const { match, from = "0s", until = YEAR, by = "somebody", reason = "silenced by the test" } = silence;
  try {
    readMatch(match);
  } catch (cause) {
    throw refuse(`${label} has a wrong silence: match: ${messageOf(cause)}.`);
  }
  return { match, fromMs: offsetMs(from), untilMs: offsetMs(until), by, reason };
};

const readUntil = (until: string | undefined, { label, lastMs, refuse }: Reading): number | null => {
  if (until === undefined) return null;
  if (offsetMs(until) >= lastMs) return offsetMs(until);
  throw refuse(`${label}: "until" is before the last run. Expected "${offsetText(lastMs)}" or later.`);
};

const readExpected = (
  deliveries: unknown,
  names: readonly string[],
  label: string,
  refuse: Refuse,
): PreparedDelivery["expected"] => {
  if (deliveries === undefined) return null;
  const given = Object.entries(deliveries as Readonly<Record<string, unknown>>);
  const unknown = given.find(([name]) => !names.includes(name));
  if (unknown !== undefined)
    throw refuse(`${label} has deliveries for "${unknown[0]}". Expected one of its actions: ${names.join(", ")}.`);
  const lists = given.map(([name, list]) => [name, readList(list, `${label}: deliveries.${name}`, refuse)] as const);
  return new Map([...names.map((name) => [name, []] as const), ...lists]);
};

const readList = (list: unknown, label: string, refuse: Refuse): readonly ExpectedDelivery[] => {
  if (!Array.isArray(list)) throw refuse(`${label} is not a list of deliveries. Received: ${preview(list)}.`);
  return list.map((given: unknown, place) => {
    const own = `${label}[${place}]`;
    if (!isPlainObject(given))
      throw refuse(`${own} is not an object such as { alert: { summary: "..." } }. Received: ${preview(given)}.`);
    const one: ExpectedDelivery = given;
    checkKeys("delivery", one, own, refuse);
    return one.at === undefined ? one : { ...one, at: offsetText(offsetMs(one.at)) };
  });
};
