import type { AlertSources } from "../events/alert-sources.ts";
import { givenPlace, type Place, type PlacedAlert } from "../events/places.ts";

/** Where hooks of alerts may search further. */
export const everyPlace = (alerts: readonly PlacedAlert[], sources: AlertSources): readonly Place[] => [
  ...alerts.map((alert) => givenPlace(alert, sources)),
  ...Object.entries(sources.sources).map(([name, { indices }]) => ({ name, indices })),
];
