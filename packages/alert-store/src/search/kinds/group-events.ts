import type { Group, SearchedSource } from "@mozdef/alert/runtime";
import type { QueryContainer } from "@mozdef/query";
import type { AlertStore } from "../../alert-store.ts";
import type { Answered } from "../../requests/answers.ts";
import { eventsOf, type EventsSearch, eventsSearch } from "../../requests/events-search.ts";
import { type GroupKeys, membersOf } from "./groups.ts";
import { StoreError } from "../../store-error.ts";
import { oneByOne } from "./rounds.ts";
import type { Covered } from "./search-kind.ts";

/** Events of a group that come whole. */
export const WHOLE = 10_000;

/** Events that a group has at least, if there are as many: more than alerts embed, unless they ask for all. */
const SAMPLES = 1_000;

/** Searches of a batch for the events of groups. */
export const groupEvents = (
  source: SearchedSource,
  query: QueryContainer,
  fields: readonly string[],
  groups: readonly { readonly keys: GroupKeys }[],
): readonly EventsSearch[] => groups.map(({ keys }) => eventsSearch(source, membersOf(query, fields, keys)));

/** Groups with the events that were answered for them, in the same order. */
export const withEvents = <One extends { readonly keys: GroupKeys }>(
  store: AlertStore,
  { source, samples }: { readonly source: SearchedSource; readonly samples: number },
  groups: readonly One[],
  answers: readonly Answered[],
): Promise<readonly (One & Group)[]> =>
  oneByOne(groups, async (group, index) => {
    const answer = answers[index];
    if (answer === undefined) throw new StoreError("STORE_SEARCH_FAILED", "The events of a group were not answered.");
    const { hits, further } = await eventsOf(store, source, answer, { whole: WHOLE, further: true, uncut: samples });
    return { ...group, events: hits, ...(further.length > 0 && { further }) };
  });

/** A group less the events that were covered before. */
export const groupWithout = async <One extends Group>(group: One, covered: Covered): Promise<One> => {
  const { events, further = [], ...rest } = group;
  const fresh = events.filter((event) => !covered.isCovered(event));
  const left = await covered.less(further);
  // Of a group whose first events were covered before, the next ones have to come along.
  const { hits, further: others } =
    fresh.length < SAMPLES && left.length > 0 ? await covered.load(left, SAMPLES) : { hits: [], further: left };
  return { ...rest, events: [...fresh, ...hits], ...(others.length > 0 && { further: others }) } as Group as One;
};
