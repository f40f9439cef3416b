import {
  type InhibitionInput,
  readInhibitions,
  readRoutes,
  readWindows,
  type Route,
  type RouteInput,
  takesEveryAlert,
  type WindowInput,
} from "@mozdef/alert-engine";
import { messageOf, type Schedule } from "@mozdef/alert";
import { nextSlot } from "@mozdef/alert/runtime";
import { z } from "zod";

/** A list that is read as a whole, where the names of actions are known. */
const rules = <T>() =>
  z.array(z.custom<T>((value) => typeof value === "object" && value !== null, "expected an object"));

/** What becomes of alerts after they are stored. */
export const routingShape = {
  /** Where alerts go, and when. Default: each alert to every action that wants it, at once. */
  routes: rules<RouteInput>().optional(),
  /** Alerts that are not sent as long as another one is open. */
  inhibit: rules<InhibitionInput>().default([]),
  /** Times that come again and again, in which alerts are not sent. */
  windows: rules<WindowInput>().default([]),
};

interface RoutingKeys {
  readonly routes?: readonly RouteInput[] | undefined;
  readonly inhibit: readonly InhibitionInput[];
  readonly windows: readonly WindowInput[];
  readonly actions: Readonly<Record<string, unknown>>;
  readonly retention: { readonly serviceDays: number };
}

/** The rules of a configuration, read. Each key fails by itself. */
export const readRouting = ({ routes, inhibit, windows, actions }: Omit<RoutingKeys, "retention">) => ({
  routes: routes === undefined ? null : readRoutes(routes, Object.keys(actions)),
  inhibitions: readInhibitions(inhibit),
  windows: readWindows(windows),
});

/** Why the rules of a configuration cannot be read, by their key; none when they can. */
export const routingProblems = (
  keys: RoutingKeys,
): readonly { readonly path: readonly string[]; readonly message: string }[] =>
  (["routes", "inhibit", "windows"] as const).flatMap((key) => {
    const empty = { routes: undefined, inhibit: [], windows: [], actions: keys.actions };
    try {
      const { routes } = readRouting({ ...empty, [key]: keys[key] });
      return [...seldomDigests(routes ?? [], keys.retention.serviceDays)];
    } catch (error) {
      return [{ path: [key], message: messageOf(error) }];
    }
  });

/** What is right and probably not meant. */
export const routingWarnings = (keys: Omit<RoutingKeys, "retention">): readonly string[] => {
  const { routes } = readRouting(keys);
  return routes === null || takesEveryAlert(routes)
    ? []
    : ["routes: there are alerts that fit none, and go to nobody. Let the last one have `to` and no match."];
};

const DAY_MS = 86_400_000;

/** Times of a digest that are looked at: more than a year of one that comes each day. */
const LOOKED_AT = 400;

/** What waits for a digest is kept as long as deliveries are: one that comes more seldom would lose it. */
const seldomDigests = (
  routes: readonly Route[],
  serviceDays: number,
): readonly { readonly path: readonly string[]; readonly message: string }[] =>
  routes.flatMap(({ path, options: { digest }, routes: within }) => [
    ...(digest === null || longestGapMs(digest) <= (serviceDays - 1) * DAY_MS
      ? []
      : [
          {
            path: ["routes"],
            message: `The route ${path} is wrong: digest: it comes more seldom than deliveries are kept. Expected: at least every ${serviceDays - 1} days, or more days in retention.serviceDays.`,
          },
        ]),
    ...seldomDigests(within, serviceDays),
  ]);

const longestGapMs = (digest: Schedule): number => {
  let longest = 0;
  let before = nextSlot(digest, new Date(0));
  for (let looked = 0; looked < LOOKED_AT && before !== null; looked += 1) {
    const next = nextSlot(digest, before);
    if (next !== null) longest = Math.max(longest, next.getTime() - before.getTime());
    before = next;
  }
  return longest;
};
