import type { AlertMessage, DeliveryEvent, MutedBy } from "@mozdef/alert/runtime";
import type { Destination } from "@mozdef/alert-store";
import type { Actions } from "./actions.ts";
import { destinationsOf } from "./destinations.ts";
import type { Mutes } from "./mutes.ts";
import type { Route } from "./route.ts";

/** What is decided about an alert that is about to be stored. */
export interface Routed {
  readonly destinations: readonly Destination[];
  /** By what it is muted: then it is stored, and nobody is sent it. */
  readonly mutedBy: readonly MutedBy[];
}

export interface Router {
  /** Targets that can be told of an event. */
  tells(event: DeliveryEvent): readonly string[];
  /** In the order given. Never fails: what is not known mutes nothing. */
  route(alerts: readonly AlertMessage[], slot: Date): Promise<readonly Routed[]>;
}

export interface RouterOptions {
  readonly actions: Actions;
  /** Null: each alert goes to every action that wants it. Default null. */
  readonly routes?: readonly Route[] | null;
  /** Default: nothing is muted. */
  readonly mutes?: Pick<Mutes, "mutedBy">;
}

/** The first stages of what happens to an alert: mute, inhibit, route. The others follow when its messages are due, see `outbox/`. */
export const createRouter = ({ actions, routes = null, mutes }: RouterOptions): Router => ({
  tells: (event) =>
    Object.entries(actions).flatMap(([target, { events = ["trigger"] }]) => (events.includes(event) ? [target] : [])),
  route: async (alerts, slot) => {
    const muted = (await mutes?.mutedBy(alerts, slot, alerts)) ?? [];
    return alerts.map((alert, place) => ({
      destinations: destinationsOf({ actions, routes }, alert, slot),
      mutedBy: muted[place] ?? [],
    }));
  },
});
