import { isoUtc } from "@mozdef/alert";
import type { Explanation } from "@mozdef/alert-api";
import {
  type AlertHost,
  type Exceptions,
  isOfPastDay,
  type RegisteredAlert,
  type StageScope,
  type TaskRef,
  taskRefAt,
} from "@mozdef/alert-engine";
import { explainSearch, nearMisses, type SearchExplanation } from "@mozdef/alert-explain";
import { type AlertStore, type KeysOf, storeError, storeOn } from "@mozdef/alert-store";
import type { PlannedSearch } from "@mozdef/alert/runtime";
import type { Config } from "../config/config-schema.ts";
import { HttpError } from "../http/http-error.ts";
import { type EventAddress, isEventOf } from "./locate-event.ts";
import { problemView } from "./problem-view.ts";
import { failingClauses, nearMissView, searchView } from "./explanation-view.ts";

interface ExplainAlert {
  readonly store: AlertStore;
  readonly host: AlertHost;
  /** What people have alerts leave out. */
  readonly exceptions: Pick<Exceptions, "of">;
  readonly limits: Pick<Config["limits"], "runMs">;
  readonly alert: RegisteredAlert;
  readonly now: Date;
  /** The end of the windows. */
  readonly at: Date;
  /** Only this one. Default: all events. */
  readonly event: EventAddress | undefined;
  readonly signal: AbortSignal;
}

/** A rule can have hundreds, and each is several heavy requests. */
const MOST_SEARCHES = 10;

/** Events that are shown for each search. */
const MOST_NEAR = 3;

/**
 * Why an alert fires or stays silent. Its code says in its own process what it looks for; from then on everything is data.
 *
 * @throws {StoreError} when the store does not answer. @throws {HttpError} `EVENT_NOT_FOUND`.
 */
export const explainAlert = async ({
  store,
  host,
  exceptions,
  limits,
  alert,
  now,
  at,
  event,
  signal,
}: ExplainAlert): Promise<Explanation> => {
  const task = taskRefAt(alert, at, exceptions);
  const isPast = isOfPastDay(at, now);
  const scope: StageScope = { now: at, isPast, timeoutMs: limits.runMs, signal };
  const [planned] = await host.plan([task], scope);
  const all = planned?.searches ?? [];
  const asked = { store: isPast ? storeOn(store, at) : store, at, event, keysOf: keysBy(host, task, scope) };
  const searches: Explanation["searches"][number][] = [];
  // One after the other: each is a heavy request, and nobody waits for a second one.
  for (const search of all.slice(0, MOST_SEARCHES)) {
    if (signal.aborted) break;
    searches.push(...(await explained(search, asked)));
  }
  if (event !== undefined && all.length > 0 && searches.length === 0) throw noEvent(alert.name, event);
  return {
    alert: alert.name,
    at: isoUtc(at),
    searches,
    moreSearches: Math.max(0, all.length - MOST_SEARCHES),
    errors: (planned?.errors ?? []).map(problemView),
  };
};

const noEvent = (name: string, { index, id }: EventAddress): HttpError =>
  new HttpError(
    "EVENT_NOT_FOUND",
    `${name} does not look at an event ${JSON.stringify(id)} in ${JSON.stringify(index)}. Expected: an event that is there, in an index where the alert looks.`,
  );

/** Code that makes groups is asked where it is. */
const keysBy =
  (host: AlertHost, task: TaskRef, scope: StageScope): KeysOf =>
  async ({ name, search }, events) => {
    const groupBy = search.kind === "aggregation" ? search.groupBy : null;
    const grouped = await host.group({ task, name, groupBy: groupBy ?? { place: 0 }, events }, scope);
    const [first] = grouped.errors;
    if (first !== undefined) throw first;
    return grouped.keys;
  };

interface Asked extends Pick<ExplainAlert, "store" | "at" | "event"> {
  readonly keysOf: KeysOf;
}

/** None when the event that is asked about is not where the search looks. */
const explained = async (
  planned: PlannedSearch,
  { store, at: now, event, keysOf }: Asked,
): Promise<readonly Explanation["searches"][number][]> => {
  const about = (one: Asked["event"]): Promise<SearchExplanation> =>
    explainSearch(store, planned, { now, keysOf, ...(one && { event: { _index: one.index, _id: one.id } }) });
  try {
    if (event !== undefined && !(await isEventOf(store, planned.source, event))) return [];
    const found = await about(event);
    const near = event === undefined && !found.fires ? await nearMisses(store, planned, { now, most: MOST_NEAR }) : [];
    const misses = [];
    for (const miss of near) {
      const { _index: index, _id: id } = miss.event;
      misses.push(nearMissView(miss, planned, failingClauses(await about({ index, id }))));
    }
    return [searchView(found, misses)];
  } catch (cause) {
    throw storeError(`Cannot explain ${planned.name}`, cause);
  }
};
