import { type AlertStore, askedIndex, isServiceIndex, type Names, readerOf } from "@mozdef/alert-store";
import { isOwnEvents, type PlannedSearch } from "@mozdef/alert/runtime";

/** Where an event is, as whoever asks about it says. */
export interface EventAddress {
  readonly index: string;
  readonly id: string;
}

type Source = PlannedSearch["source"];

/**
 * Whether an event is where a search looks. An explanation shows what is in an event, so it must not be asked about documents that are
 * none: those in which the service keeps its users and tokens.
 *
 * @throws what the client throws.
 */
export const isEventOf = async (store: AlertStore, source: Source, { index, id }: EventAddress): Promise<boolean> => {
  if (!isLookedAt(index, source, store.names)) return false;
  const { client, names } = readerOf(store, source);
  const { hits } = await client.search({
    index: names.physical(askedIndex(index, source)),
    query: { ids: { values: [id] } },
    size: 0,
    ignore_unavailable: true,
    track_total_hits: true,
  });
  return (typeof hits.total === "number" ? hits.total : (hits.total?.value ?? 0)) > 0;
};

/** The name of one index: no list, no pattern, nothing that is left out. */
const ONE_INDEX = /^[^-,*?<>"|\\/\s#][^,*?<>"|\\/\s#]*$/;

const EVENTS = /^events-\d{8}$/;

/** Events stay in the index of their day, to which the aliases that a search names do not lead for long. */
export const isLookedAt = (index: string, source: Source, own: Names): boolean => {
  const asked = askedIndex(index, source);
  if (!ONE_INDEX.test(asked)) return false;
  if (EVENTS.test(asked)) return source.indices.some((one) => isOwnEvents(one) || fits(one, asked));
  // A source may look everywhere, at what the service keeps for itself among it, which has a prefix there.
  return (
    !isServiceIndex(asked) && !isServiceIndex(own.logical(asked)) && source.indices.some((one) => fits(one, asked))
  );
};

const fits = (pattern: string, index: string): boolean =>
  new RegExp(`^${pattern.split("*").map(escaped).join(".*")}$`).test(index);

const escaped = (text: string): string => text.replaceAll(/[$()*+.?[\\\]^{|}]/g, String.raw`\$&`);
