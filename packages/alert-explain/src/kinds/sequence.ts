import type { SequenceSearch } from "@mozdef/alert";
import { askedField, type PlannedSearch, type SequencePlace } from "@mozdef/alert/runtime";
import { EVERYTHING } from "../ask/ask-clauses.ts";
import { type CountedGroups, countGroups } from "../ask/count-groups.ts";
import { placeEvents } from "../ask/place-events.ts";
import { type Keys, membersOfAny, valueOf } from "../ask/members.ts";
import { describeSpan } from "../describe-span.ts";
import { type ExplainedQuery, withWindow } from "../explained-query.ts";
import type { AskedGroups, ExplainedKind, Near, NearGroup } from "./explained-kind.ts";
import { progressOf } from "./sequence-progress.ts";
import { byFields } from "./wording.ts";

/** A step looks as far back as the whole sequence may reach, unless its query says itself how far. */
const queriesOf = ({ search, source, query, further = [] }: PlannedSearch<SequenceSearch>): readonly ExplainedQuery[] =>
  [query, ...further].map((one, place): ExplainedQuery => {
    const { indices = null, by = null } = search.places[place] ?? {};
    return {
      label: placeLabel(search, place),
      query: withWindow(one, one.plan.windowMs ?? search.windowMs + search.withinMs),
      own: [search.query, ...search.further][place] ?? search.query,
      source: indices === null ? source : { ...source, indices },
      ...(by !== null && { fields: by.map((field) => askedField(source, field)) }),
    };
  });

/** `step 2 (5 times)`. */
export const placeLabel = ({ places }: Pick<SequenceSearch, "places">, place: number): string => {
  const { isAbsent, times } = places[place] ?? { isAbsent: false, times: 1 };
  const number = places.slice(0, place + 1).filter((one) => !one.isAbsent).length;
  return isAbsent
    ? `what must not happen after step ${number}`
    : `step ${number}${times === 1 ? "" : ` (${times} times)`}`;
};

export const SEQUENCE: ExplainedKind<SequenceSearch> = {
  looksFor: ({ places, withinMs }, fields) =>
    `${places.filter(({ isAbsent }) => !isAbsent).length} steps in order within ${describeSpan(withinMs)}${byFields(fields)}`.replace(
      /^1 steps in order/,
      "one step that nothing follows",
    ),
  queries: queriesOf,
  hasGroups: () => true,
  near: (asked) => nearOf(asked),
  silence: () => "no events make the steps in their order and time",
};

interface Place {
  readonly asked: ExplainedQuery;
  readonly place: SequencePlace;
  readonly fields: readonly string[];
}

/** Keys whose events are looked at one by one: those with events for most steps. */
const MOST_KEYS = 10;

const nearOf = async (asked: AskedGroups<SequenceSearch>): Promise<Near> => {
  const { planned, firing, firingKeys } = asked;
  const { search } = planned;
  const places = queriesOf(planned).map((one, index): Place => {
    const place = search.places[index] ?? { times: 1, isAbsent: false, indices: null, by: null };
    return { asked: one, place, fields: one.fields ?? asked.fields };
  });
  const counts: CountedGroups[] = [];
  for (const place of places) counts.push(await countAt(asked, place));
  const named = new Map<string, Keys>(firingKeys.map((keys) => [valueOf(keys), keys]));
  for (const { value, keys } of fullest(places, counts)) if (named.size < 2 * MOST_KEYS) named.set(value, keys);
  const groups: NearGroup[] = [];
  for (const [value, keys] of named) groups.push(await nearKey(asked, places, keys, firing.has(value)));
  return { groups };
};

const countAt = async (
  { store, only, compile }: AskedGroups<SequenceSearch>,
  { asked: { source, query }, fields }: Place,
): Promise<CountedGroups> => {
  const at = { bool: { filter: [compile(query), only === null ? EVERYTHING : membersOfAny(fields, only)] } };
  return (await countGroups(store, { source, fields }, { at })).at;
};

/** Keys in the order of how many steps have enough events. */
const fullest = (
  places: readonly Place[],
  counts: readonly CountedGroups[],
): readonly { readonly value: string; readonly keys: Keys }[] => {
  const found = new Map<string, { keys: Keys; steps: number; count: number }>();
  for (const [index, { place }] of places.entries())
    for (const [value, { keys, count }] of place.isAbsent ? [] : (counts[index] ?? [])) {
      if (count === 0) continue;
      const one = found.get(value) ?? { keys, steps: 0, count: 0 };
      found.set(value, { keys, steps: one.steps + Math.min(1, count / place.times), count: one.count + count });
    }
  return [...found]
    .map(([value, one]) => ({ value, ...one }))
    .sort((a, b) => b.steps - a.steps || b.count - a.count || (a.value < b.value ? -1 : 1))
    .slice(0, MOST_KEYS);
};

const nearKey = async (
  { store, planned, now, compile }: AskedGroups<SequenceSearch>,
  places: readonly Place[],
  keys: Keys,
  fires: boolean,
): Promise<NearGroup> => {
  const { search, source } = planned;
  const found = [];
  for (const { asked, fields } of places)
    found.push(
      await placeEvents(store, asked.source, {
        bool: { filter: [compile(asked.query), membersOfAny(fields, [keys])] },
      }),
    );
  const fitting = found.map(({ events }) => events);
  const happening = new Set(
    fitting.flatMap((events, place) =>
      search.places[place]?.isAbsent === true ? [] : events.map(({ hit }) => `${hit._index}/${hit._id}`),
    ),
  );
  const progress = progressOf(search, fitting, now.getTime() - source.delayMs);
  const isCut = found.some((one) => one.isCut);
  const { steps, of } = progress;
  return {
    keys,
    count: happening.size,
    text: fires
      ? `${of} of ${of} steps`
      : `${steps} of ${of} steps, ${progress.text}${isCut ? " (of the newest 1,000 events of each step)" : ""}`,
    nearness: progress.nearness,
  };
};
