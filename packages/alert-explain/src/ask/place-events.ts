import type { SearchedSource, SequenceEvent } from "@mozdef/alert/runtime";
import { type AlertStore, readerOf } from "@mozdef/alert-store";
import type { QueryContainer } from "@mozdef/query";

/** Events of one key at one place of a sequence that are compared: the newest ones. */
const MOST_EVENTS = 1_000;

/** When the events of a query have happened. They come without their contents. */
export const placeEvents = async (
  store: AlertStore,
  source: SearchedSource,
  query: QueryContainer,
): Promise<{ readonly events: readonly SequenceEvent[]; readonly isCut: boolean }> => {
  const { client, names } = readerOf(store, source);
  const { hits } = await client.search({
    index: source.indices.map(names.physical),
    query,
    size: MOST_EVENTS,
    sort: [{ [source.schema.time[0]]: { order: "desc", missing: "_last", unmapped_type: "date" } }],
    _source: false,
    ignore_unavailable: true,
    track_total_hits: MOST_EVENTS + 1,
  });
  const total = typeof hits.total === "number" ? hits.total : (hits.total?.value ?? 0);
  const events = hits.hits.map(({ _index, _id = "", sort: [time] = [] }) => ({
    hit: { _index, _id, _source: {} },
    // Without a time an event is in no order: it comes last, as in the search itself.
    time: typeof time === "number" && Number.isSafeInteger(time) ? time : Number.POSITIVE_INFINITY,
  }));
  return { events, isCut: total > MOST_EVENTS };
};
