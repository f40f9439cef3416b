import type { Alert, AlertListItem, AlertPage } from "@mozdef/alert-api";
import { useCallback } from "react";
import { listAlerts } from "../api/alert-api.ts";
import { usePolled } from "../shared/use-polled.ts";
import { alertQuery, type Filters, formatFilters } from "./filters.ts";
import { freshIds } from "./fresh-ids.ts";

const REFRESH_MS = 4_000;

interface ShownPage extends AlertPage {
  /** Ids of the alerts that came in with the last refresh. */
  readonly fresh: readonly string[];
  readonly updated: Date;
}

/** The page of alerts that the filters ask for, kept up to date. */
export const useAlerts = (filters: Filters) => {
  const load = async (signal: AbortSignal): Promise<ShownPage> => {
    const page = await listAlerts(alertQuery(filters, new Date()), signal);
    return { ...page, fresh: [], updated: new Date() };
  };
  const polled = usePolled(formatFilters(filters), load, REFRESH_MS, markFresh);
  const { update } = polled;

  const replace = useCallback(
    (alert: Alert) => update((page) => ({ ...page, alerts: page.alerts.map((item) => changed(item, alert)) })),
    [update],
  );
  return { ...polled, replace };
};

const markFresh = (next: ShownPage, previous: ShownPage): ShownPage => ({
  ...next,
  fresh: freshIds(previous.alerts, next.alerts),
});

/** A list item does not carry events, so an alert as a whole must not get into the list. */
const changed = (item: AlertListItem, { _id, _source: { events: _events, ...fields } }: Alert): AlertListItem =>
  item._id === _id ? { ...item, _source: { ...fields, eventCount: item._source.eventCount } } : item;
