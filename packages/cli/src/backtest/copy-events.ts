import { type PlannedSearch, runMain, type SourceChoice } from "@mozdef/alert/runtime";
import { openContext } from "@mozdef/alert-engine";
import { type AlertStore, storeError } from "@mozdef/alert-store";
import { compile, type EventSchema, type QueryContainer, type SearchQuery } from "@mozdef/query";
import { mozdefSchema } from "@mozdef/query/mozdef";
import { queryOf } from "@mozdef/query/tools";
import { connect } from "../events/connect.ts";
import { choiceOf, ecsOption } from "../events/ecs-source.ts";
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
  { url, prefix, ecs, allEvents }: EventSource,
  entries: readonly ReplayEntry[],
  range: Range,
): Promise<readonly StoredEvent[]> => {
  const store = connect({ url: url ?? "", prefix: prefix ?? undefined });
  try {
    const source = ecsOption(ecs);
    const schema = source?.schema ?? mozdefSchema;
    const searches = await searchesOf(store, entries, { ...range, choice: choiceOf(source) });
    const queries = searches.map(queryIn);
    const windows = queries.map((query) => Math.min(query.plan.windowMs ?? LONGEST_MS, LONGEST_MS));
    const start = new Date(range.from.getTime() - Math.max(0, ...windows));
    const wanted = allEvents
      ? []
      : queries.map((query) => compile(queryOf({ ...query.plan, windowMs: null }), { now: range.to, schema }).query);
    const query = filterOf(schema, { from: start, to: range.to }, wanted);
    return await everyHit(store, source?.indices ?? indicesOf(searches), { query, sortBy: schema.received });
  } catch (cause) {
    throw storeError("Cannot copy events", cause);
  } finally {
    await store.client.close();
  }
};

/** Without what keeps events from alerting twice: history is run again. */
const queryIn = ({ query, search, source }: PlannedSearch): SearchQuery => (source.isTranslated ? query : search.query);

/** What the alerts look for at the start and at the end: some go by the calendar. */
const searchesOf = async (
  store: AlertStore,
  entries: readonly ReplayEntry[],
  { from, to, choice }: Range & { readonly choice: SourceChoice },
): Promise<readonly PlannedSearch[]> => {
  const services = alertServices({ err: () => undefined });
  const signal = new AbortController().signal;
  const found: PlannedSearch[] = [];
  for (const { task } of entries)
    for (const now of [from, to]) {
      const { context } = openContext(store, services, { task: task.name, choice, now, signal });
      found.push(...(await runMain(task, context, choice)));
    }
  return found;
};

/** The aliases that move from day to day are replaced by all days. */
const indicesOf = (searches: readonly PlannedSearch[]): readonly string[] => [
  "events-*",
  ...new Set(searches.flatMap(({ search: { indices } }) => indices).filter((name) => !name.startsWith("events"))),
];

const filterOf = ({ time }: EventSchema, { from, to }: Range, wanted: readonly QueryContainer[]): QueryContainer => {
  const range = { gte: from.toISOString(), lte: to.toISOString() };
  const times = time.map((field) => ({ range: { [field]: range } }));
  return {
    bool: {
      filter: [
        { bool: { should: times, minimum_should_match: 1 } },
        ...(wanted.length === 0 ? [] : [{ bool: { should: wanted, minimum_should_match: 1 } }]),
      ],
    },
  };
};
