import type { Hit } from "@mozdef/alert";
import type { AlertDocument, AlertMessage } from "@mozdef/alert/runtime";
import type { estypes } from "@elastic/elasticsearch";
import type { AlertStore } from "../alert-store.ts";
import type { Names } from "../names.ts";
import { versionText } from "../precondition.ts";
import { storeError } from "../store-error.ts";
import { type AlertFacets, facetsOf } from "./alert-facets.ts";
import { type AlertFilter, alertQuery } from "./alert-filter.ts";
import {
  type AlertOrder,
  type AlertPosition,
  goingOn,
  ORDERS,
  positionAfter,
  readPosition,
  textOfPosition,
} from "./alert-position.ts";

/** An alert in a list: with the number of its events in their place, since there can be thousands, and without what people say of it. */
export type ListedAlert = Hit<
  Omit<AlertDocument, "events" | "history" | "comments" | "links"> & { readonly eventCount: number }
>;

/** One page of alerts, with what can be chosen to narrow it. */
export interface AlertPage extends AlertFacets {
  /** How many alerts fit the filter in all. */
  readonly total: number;
  /** In the order that was asked for. */
  readonly alerts: readonly ListedAlert[];
  /** `after` of the next page; null at the end. */
  readonly next: string | null;
}

export interface AlertListOptions {
  /** Default: newest first. */
  readonly order?: AlertOrder | undefined;
  /** Alerts to skip. Default 0; `from + size` is at most {@link DEEPEST_ALERT}. */
  readonly from?: number | undefined;
  /** Default 25. */
  readonly size?: number | undefined;
  /** `next` of the page before, in the same order; instead of `from`, and without an end. */
  readonly after?: string | undefined;
}

/** What an alert has only so that it is found. */
export const FOR_SEARCH_ONLY = ["entities"];

/** What a list leaves out: a thousand comments are for whoever opens the alert. */
const NOT_LISTED = ["events.documentsource", "history", "comments", "links"];

/** How far pages reach: the server's `index.max_result_window`. Older alerts are found by a narrower filter. */
export const DEEPEST_ALERT = 10_000;

/**
 * Lists alerts of all months. Going on by `after` gives each alert once, whatever comes in or is changed meanwhile.
 *
 * @throws {StoreError} `STORE_CHANGE_INVALID` when `after` is none.
 */
export const listAlerts = async (
  store: AlertStore,
  filter: AlertFilter = {},
  { from = 0, size = 25, order = "newest", after }: AlertListOptions = {},
): Promise<AlertPage> => {
  const position = after === undefined ? undefined : readPosition(after, order);
  try {
    const [page, facets] = await Promise.all([
      pageOf(store, filter, { from, size, order, position }),
      facetsOf(store, filter),
    ]);
    return { ...page, ...facets };
  } catch (cause) {
    throw storeError("Cannot list the alerts", cause);
  }
};

interface PageOptions {
  readonly from: number;
  readonly size: number;
  readonly order: AlertOrder;
  readonly position: AlertPosition | undefined;
}

const pageOf = async (
  store: AlertStore,
  filter: AlertFilter,
  { from, size, order, position }: PageOptions,
): Promise<Pick<AlertPage, "total" | "alerts" | "next">> => {
  const [{ hits }, total] = await Promise.all([
    askedHits(store, filter, { from, size, order, position, isCounted: true }),
    position?.id === null ? totalOf(store, filter) : undefined,
  ]);
  const next = positionAfter(hits.hits, { order, size, position });
  return {
    total: total ?? countOf(hits.total),
    alerts: hits.hits.flatMap((hit) => listedHit(hit, store.names)),
    next: next === undefined ? null : textOfPosition(next),
  };
};

const askedHits = (
  { client, names }: AlertStore,
  filter: AlertFilter,
  { from, size, order, position, isCounted }: PageOptions & { readonly isCounted: boolean },
) =>
  client.search<AlertDocument>({
    index: names.physical("alerts-*"),
    from,
    size,
    sort: ORDERS[order],
    track_total_hits: isCounted,
    _source: LISTED,
    ...goingOn(alertQuery(filter), position),
  });

/** Of the whole list, where a search that goes on counts what is left. */
const totalOf = async ({ client, names }: AlertStore, filter: AlertFilter): Promise<number> => {
  const index = names.physical("alerts-*");
  const { hits } = await client.search({ index, query: alertQuery(filter), size: 0, track_total_hits: true });
  return countOf(hits.total);
};

const countOf = (total: estypes.SearchResponse["hits"]["total"]): number =>
  typeof total === "number" ? total : (total?.value ?? 0);

const LISTED = { excludes: [...NOT_LISTED, ...FOR_SEARCH_ONLY] };

const listedHit = ({ _index, _id = "", _source }: estypes.SearchHit<AlertDocument>, names: Names): ListedAlert[] =>
  _source === undefined ? [] : [{ _index: names.logical(_index), _id, _source: listed(_source) }];

/** Alerts in one answer of {@link eachAlert}. */
const PAGE = 1_000;

/** Every alert that fits, newest first, page by page, however many there are. */
export async function* eachAlert(store: AlertStore, filter: AlertFilter): AsyncGenerator<readonly ListedAlert[]> {
  const page = { from: 0, size: PAGE, order: "newest", isCounted: false } as const;
  let position: AlertPosition | undefined;
  do {
    const { hits } = await askedPage(() => askedHits(store, filter, { ...page, position }));
    yield hits.hits.flatMap((hit) => listedHit(hit, store.names));
    position = positionAfter(hits.hits, { ...page, position });
  } while (position !== undefined);
}

const askedPage = async <T>(ask: () => Promise<T>): Promise<T> => {
  try {
    return await ask();
  } catch (cause) {
    throw storeError("Cannot read the alerts", cause);
  }
};

const listed = ({ events, ...fields }: AlertDocument): ListedAlert["_source"] => ({
  ...fields,
  eventCount: (events as AlertDocument["events"] | undefined)?.length ?? 0,
});

/** An alert, and its version: another one with each change. */
export interface VersionedAlert {
  readonly alert: AlertMessage;
  readonly version: string;
}

/** An alert by its id, of whichever month; null when there is none. */
export const getAlert = async (store: AlertStore, id: string): Promise<AlertMessage | null> =>
  (await readAlert(store, id))?.alert ?? null;

/** As {@link getAlert}, with the version that a change may ask for. */
export const readAlert = async ({ client, names }: AlertStore, id: string): Promise<VersionedAlert | null> => {
  try {
    const index = names.physical("alerts-*");
    const { hits } = await client.search<AlertDocument>({
      index,
      query: { ids: { values: [id] } },
      size: 1,
      seq_no_primary_term: true,
      _source: { excludes: FOR_SEARCH_ONLY },
    });
    const [hit] = hits.hits;
    if (hit?._source === undefined) return null;
    const { _index, _source, _seq_no: if_seq_no = 0, _primary_term: if_primary_term = 1 } = hit;
    const alert = { _index: names.logical(_index), _id: id, _source };
    return { alert, version: versionText({ if_seq_no, if_primary_term }) };
  } catch (cause) {
    throw storeError(`Cannot read alert ${id}`, cause);
  }
};
