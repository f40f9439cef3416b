import type { SeenAlert } from "./alert-fields.ts";
import type { Route } from "./route.ts";

/**
 * The routes that an alert takes: of routes beside one another the first that fits, and those after it as long as they say `continue`;
 * in each the routes within that fit, or the route itself when none does.
 */
export const routesOfAlert = (routes: readonly Route[], alert: SeenAlert): readonly Route[] => {
  const taken: Route[] = [];
  for (const route of routes) {
    if (!route.matches(alert)) continue;
    const within = routesOfAlert(route.routes, alert);
    if (within.length > 0) taken.push(...within);
    else if (route.to.length > 0) taken.push(route);
    if (!route.isContinued) break;
  }
  return taken;
};

/** Whether there is a route for every alert: else there are alerts that go to nobody. */
export const takesEveryAlert = (routes: readonly Route[]): boolean => {
  for (const route of routes) {
    const takesWhatFits = route.to.length > 0 || takesEveryAlert(route.routes);
    if (takesWhatFits && route.isForAll) return true;
    // What fits it and nothing within it comes to no other.
    if (!takesWhatFits && !route.isContinued) return false;
  }
  return false;
};
