import type { Search } from "@mozdef/alert";
import { runMain } from "@mozdef/alert/runtime";
import { openContext } from "@mozdef/alert-engine";
import { type AlertStore, storeError } from "@mozdef/alert-store";
import { compile, type QueryContainer } from "@mozdef/query";
import { mozdefSchema } from "@mozdef/query/mozdef";
import { queryOf } from "@mozdef/query/tools";
import { connect } from "../events/connect.ts";
import { everyHit } from "../events/every-hit.ts";
import type { StoredEvent } from "../events/read-events.ts";
import { alertServices } from "../events/alert-services.ts";
import type { EventSource } from "./event-source.ts";
import type { ReplayEntry } from "./replay.ts";

interface Range {
  readonly from: Date;
  readonly to: Date;
}

/** How far back events are copied for searches without a window. */
const LONGEST_MS = 8 * 86_400_000;

/**
 * Copies from a cluster the events of the period, and of the windows before it, that any search of the alerts finds at any slot.
 * Only reads.
 */
export const copyEvents = async (
  { url, prefix, allEvents }: EventSource,
  entries: readonly ReplayEntry[],
  range: Range,
): Promise<readonly StoredEvent[]> => {
  const store = connect({ url: url ?? "", prefix: prefix ?? undefined });
  try {
    const searches = await searchesOf(store, entries, range);
    const windows = searches.map(({ query }) => Math.min(query.plan.windowMs ?? LONGEST_MS, LONGEST_MS));
    const start = new Date(range.from.getTime() - Math.max(0, ...windows));
    const wanted = allEvents
      ? []
      : searches.map(({ query }) => compile(queryOf({ ...query.plan, windowMs: null }), { now: range.to }).query);
    const query = filterOf(start, range.to, wanted);
    return await everyHit(store, indicesOf(searches), { query, sortBy: mozdefSchema.received });
  } catch (cause) {
    throw storeError("Cannot copy events", cause);
  } finally {
    await store.client.close();
  }
};

/** What the alerts look for at the start and at the end: some go by the calendar. */
const searchesOf = async (
  store: AlertStore,
  entries: readonly ReplayEntry[],
  { from, to }: Range,
): Promise<readonly Search[]> => {
  const services = alertServices({ err: () => undefined });
  const signal = new AbortController().signal;
  const found: Search[] = [];
  for (const { task } of entries)
    for (const now of [from, to]) {
      const { context } = openContext(store, services, { task: task.name, now, signal });
      found.push(...(await runMain(task, context)).map(({ search }) => search));
    }
  return found;
};

/** The aliases that move from day to day are replaced by all days. */
const indicesOf = (searches: readonly Search[]): readonly string[] => [
  "events-*",
  ...new Set(searches.flatMap(({ indices }) => indices).filter((name) => !name.startsWith("events"))),
];

const filterOf = (from: Date, to: Date, wanted: readonly QueryContainer[]): QueryContainer => {
  const range = { gte: from.toISOString(), lte: to.toISOString() };
  const times = mozdefSchema.time.map((field) => ({ range: { [field]: range } }));
  return {
    bool: {
      filter: [
        { bool: { should: times, minimum_should_match: 1 } },
        ...(wanted.length === 0 ? [] : [{ bool: { should: wanted, minimum_should_match: 1 } }]),
      ],
    },
  };
};
