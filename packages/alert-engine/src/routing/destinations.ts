import { type AlertMessage, isRegistered } from "@mozdef/alert/runtime";
import type { Destination } from "@mozdef/alert-store";
import { createHash } from "node:crypto";
import type { Actions } from "./actions.ts";
import { alertValues, type SeenAlert } from "./alert-fields.ts";
import { nextOf } from "./open-hours.ts";
import type { Route, RouteOptions } from "./route.ts";
import { routesOfAlert } from "./routes-of-alert.ts";

/**
 * Where an alert goes, and when: by the routes, or to every action that wants it where there are none. A target gets it once, by the
 * first route that leads there; and once more when a route escalates to it.
 *
 * @param rules - Actions by their names, and routes; null: there are none.
 * @param slot - Of the alert.
 */
export const destinationsOf = (
  rules: { readonly actions: Actions; readonly routes: readonly Route[] | null },
  { _source }: Pick<AlertMessage, "_source">,
  slot: Date,
): readonly Destination[] => {
  const { actions, routes } = rules;
  const wants = (target: string): boolean => {
    const action = Object.hasOwn(actions, target) ? actions[target] : undefined;
    return action !== undefined && isRegistered(action.registration ?? "*", _source);
  };
  if (routes === null)
    return Object.keys(actions)
      .filter(wants)
      .map((target) => ({ target, nextat: slot.toISOString() }));
  const all = routesOfAlert(routes, _source).flatMap((route) => alongRoute(route, _source, slot));
  return all.filter((one, place) => wants(one.target) && all.findIndex((other) => isSamePlace(one, other)) === place);
};

const isSamePlace = (one: Destination, other: Destination): boolean =>
  one.target === other.target && one.isEscalation === other.isEscalation;

const alongRoute = ({ path, to, options }: Route, alert: SeenAlert, slot: Date): readonly Destination[] => {
  const { waitMs, escalate, groupBy } = options;
  const values = groupBy?.map((field) => alertValues(alert, field)) ?? null;
  const one = (target: string, afterMs: number, isEscalation: boolean): Destination => ({
    target,
    route: path,
    nextat: sendingTime(options, new Date(slot.getTime() + afterMs), isEscalation).toISOString(),
    ...(values !== null && { groupid: groupIdOf([path, target, isEscalation, values]) }),
    ...(isEscalation && { isEscalation }),
  });
  return [
    ...to.map((target) => one(target, waitMs, false)),
    ...(escalate?.to ?? []).map((target) => one(target, escalate?.afterMs ?? 0, true)),
  ];
};

/** When a message may be sent that could be now: at the next digest, and within the hours. */
export const sendingTime = ({ digest, hours }: RouteOptions, now: Date, isEscalation = false): Date => {
  const at = digest === null || isEscalation ? now : nextOf(digest, now);
  return hours === null || hours.isWithin(at) ? at : hours.next(at);
};

/** The same for alerts that are sent as one message, and short whatever their values are. */
const groupIdOf = (parts: readonly unknown[]): string =>
  createHash("sha256").update(JSON.stringify(parts)).digest("hex").slice(0, 40);
