import { messageOf } from "@mozdef/alert";
import type { CrontabOptions, CrontabSchedule } from "@mozdef/alert/runtime";

import { EngineError } from "../engine-error.ts";
import { type Match, type Matcher, readMatch } from "./matcher.ts";
import { type HoursInput, readCrontab, readHours, type Recurring } from "./open-hours.ts";
import { type DurationInput, readDuration } from "./read-duration.ts";

/**
 * Where alerts go, and when. A route has what the one around it says, unless it says something else.
 *
 * @typeParam Target - The names of the actions, where they are known.
 */
export interface RouteInput<Target extends string = string> {
  /** For messages and lists; unique beside its neighbours. Default: its place. */
  readonly name?: string;
  /** Which alerts. Default: all. */
  readonly match?: Match;
  /** Names of actions. */
  readonly to?: readonly Target[];
  /** Alerts with equal values of these fields are sent as one message; `[]`: all of the route. Default: each by itself. */
  readonly groupBy?: readonly string[];
  /** How long the first alert of a group waits for others. Default 30 s, for a digest 0. */
  readonly wait?: DurationInput;
  /** How long at least between two messages about a group. Default 5 min, for a digest 0. */
  readonly interval?: DurationInput;
  /** After how long it is sent again, as long as nobody has acknowledged or closed it. Default: never. */
  readonly repeat?: DurationInput;
  /** How many messages a target gets from the route in a time; what is beyond comes as one message when it has passed. */
  readonly limit?: { readonly count: number; readonly per: DurationInput };
  /** Who else gets what nobody has acknowledged or closed after a time. */
  readonly escalate?: { readonly after: DurationInput; readonly to: readonly Target[] };
  /** When messages are sent; what comes outside waits for the next of these hours. Default: always. */
  readonly hours?: HoursInput;
  /** At which times messages are sent, each with all that has come since. */
  readonly digest?: CrontabOptions | CrontabSchedule;
  /** Whether the routes after it are looked at, too. Default false. */
  readonly continue?: boolean;
  /** Routes within: of those that fit, the first is used in its place. */
  readonly routes?: readonly RouteInput<Target>[];
}

/** A route that was read. */
export interface Route {
  /** Names or places on the way to it: `oncall/0`. */
  readonly path: string;
  readonly matches: Matcher;
  /** Whether it says nothing about which alerts. */
  readonly isForAll: boolean;
  readonly to: readonly string[];
  readonly options: RouteOptions;
  readonly isContinued: boolean;
  readonly routes: readonly Route[];
}

export interface RouteOptions {
  /** Null: each by itself. */
  readonly groupBy: readonly string[] | null;
  readonly waitMs: number;
  readonly intervalMs: number;
  readonly repeatMs: number | null;
  readonly limit: { readonly count: number; readonly perMs: number } | null;
  readonly escalate: { readonly afterMs: number; readonly to: readonly string[] } | null;
  readonly hours: Recurring | null;
  readonly digest: CrontabSchedule | null;
}

const KEYS: readonly string[] = [
  ...["name", "match", "to", "groupBy", "wait", "interval", "repeat", "limit", "escalate", "hours", "digest"],
  ...["continue", "routes"],
];

const PLAIN: RouteOptions = {
  ...{
    groupBy: null,
    waitMs: 0,
    intervalMs: 0,
    repeatMs: null,
    limit: null,
    escalate: null,
    hours: null,
    digest: null,
  },
};

const WAIT_MS = 30_000;
const INTERVAL_MS = 300_000;
const NO_PACE = { waitMs: 0, intervalMs: 0 };
const DEEPEST = 10;

/**
 * Reads the routes of a configuration.
 *
 * @param targets - Names of its actions.
 * @throws {EngineError} `ROUTE_INVALID` naming the route and the key.
 */
export const readRoutes = (routes: readonly RouteInput[], targets: readonly string[]): readonly Route[] =>
  readLevel(routes, { path: "", to: [], options: PLAIN, targets, depth: 0 });

interface Around {
  readonly path: string;
  readonly to: readonly string[];
  readonly options: RouteOptions;
  readonly targets: readonly string[];
  readonly depth: number;
}

const readLevel = (routes: unknown, around: Around): readonly Route[] => {
  if (!Array.isArray(routes)) throw wrong(around.path, `expected a list of routes, received ${typeof routes}`);
  if (around.depth > DEEPEST) throw wrong(around.path, `expected routes to be at most ${DEEPEST} deep`);
  const read = routes.map((route: RouteInput, place) => readRoute(route, place, around));
  const twice = read.find(({ path }, place) => read.findIndex((other) => other.path === path) !== place);
  if (twice !== undefined) throw wrong(twice.path, "there is another route of that name beside it");
  return read;
};

const readRoute = (route: RouteInput, place: number, around: Around): Route => {
  const own = typeof route.name === "string" && route.name !== "" ? route.name : String(place);
  const path = around.path === "" ? own : `${around.path}/${own}`;
  const at = <T>(key: string, read: () => T): T => {
    try {
      return read();
    } catch (cause) {
      throw cause instanceof EngineError ? cause : wrong(path, `${key}: ${messageOf(cause)}`);
    }
  };
  const unknown = Object.keys(route).find((key) => !KEYS.includes(key));
  if (unknown !== undefined)
    throw wrong(path, `unknown key ${JSON.stringify(unknown)}, expected some of ${KEYS.join(", ")}`);
  const to = at("to", () => (route.to === undefined ? around.to : readTargets(route.to, around.targets)));
  const options = readOptions(route, around, at);
  const routes = route.routes ?? [];
  if (to.length === 0 && routes.length === 0)
    throw wrong(path, "expected `to` with names of actions, or routes within");
  return {
    path,
    matches: at("match", () => readMatch(route.match ?? {})),
    isForAll: Object.keys(route.match ?? {}).length === 0,
    to,
    options,
    isContinued: at("continue", () => readBoolean(route.continue)),
    routes: readLevel(routes, { ...around, path, to, options, depth: around.depth + 1 }),
  };
};

type At = <T>(key: string, read: () => T) => T;

const readOptions = (route: RouteInput, { options: around, targets }: Around, at: At): RouteOptions => {
  const { wait, interval, repeat, limit, escalate, hours, digest } = route;
  const groupBy =
    at("groupBy", () => readGroupBy(route.groupBy)) ?? around.groupBy ?? (digest === undefined ? null : []);
  for (const key of ["wait", "interval"] as const)
    if (route[key] !== undefined && groupBy === null)
      at(key, () => {
        throw new Error('it is about groups; expected groupBy beside it, such as groupBy: ["classname"]');
      });
  const begins = around.groupBy === null && groupBy !== null;
  // What comes right before a digest is part of it: whoever would wait any longer would wait for the next one.
  const pace = digest !== undefined ? NO_PACE : begins ? { waitMs: WAIT_MS, intervalMs: INTERVAL_MS } : around;
  return {
    groupBy,
    waitMs: at("wait", () => (wait === undefined ? pace.waitMs : readDuration(wait))),
    intervalMs: at("interval", () => (interval === undefined ? pace.intervalMs : readDuration(interval))),
    repeatMs: at("repeat", () => (repeat === undefined ? around.repeatMs : readDuration(repeat))),
    limit: at("limit", () => (limit === undefined ? around.limit : readLimit(limit))),
    escalate: at("escalate", () =>
      escalate === undefined
        ? around.escalate
        : { afterMs: readDuration(escalate.after), to: readTargets(escalate.to, targets) },
    ),
    hours: at("hours", () => (hours === undefined ? around.hours : readHours(hours))),
    digest: at("digest", () => (digest === undefined ? around.digest : readCrontab(digest))),
  };
};

/** What routes say, by their path. What was queued by a route that is gone is sent as if it said nothing. */
export const optionsByPath = (routes: readonly Route[]): ((route: string | undefined) => RouteOptions) => {
  const all = new Map(everyRoute(routes).map(({ path, options }) => [path, options]));
  return (route) => all.get(route ?? "") ?? PLAIN;
};

const everyRoute = (routes: readonly Route[]): readonly Route[] =>
  routes.flatMap((route) => [route, ...everyRoute(route.routes)]);

const readTargets = (to: unknown, targets: readonly string[]): readonly string[] => {
  const wanted: readonly unknown[] = Array.isArray(to) ? to : [to];
  const foreign = wanted.find((target) => !targets.includes(target as string));
  if (foreign !== undefined || wanted.length === 0)
    throw new Error(
      `expected names of actions (${targets.join(", ") || "there are none"}), received ${to === undefined ? "nothing" : JSON.stringify(to)}`,
    );
  return wanted as readonly string[];
};

const readGroupBy = (groupBy: unknown): readonly string[] | undefined => {
  if (groupBy === undefined) return undefined;
  if (
    Array.isArray(groupBy) &&
    groupBy.length <= 20 &&
    groupBy.every((field) => typeof field === "string" && field !== "")
  )
    return groupBy as readonly string[];
  throw new Error(`expected a list of at most 20 names of fields, received ${JSON.stringify(groupBy)}`);
};

const readLimit = ({ count, per }: NonNullable<RouteInput["limit"]>): RouteOptions["limit"] => {
  if (Number.isInteger(count) && count >= 1 && count <= 10_000) return { count, perMs: readDuration(per) };
  throw new Error(`expected count to be a whole number from 1 to 10,000, received ${String(count)}`);
};

const readBoolean = (value: unknown): boolean => {
  if (value === undefined || typeof value === "boolean") return value ?? false;
  throw new Error(`expected true or false, received ${JSON.stringify(value)}`);
};

const wrong = (path: string, what: string): EngineError =>
  new EngineError("ROUTE_INVALID", `The route ${path === "" ? "list" : path} is wrong: ${what}.`);
