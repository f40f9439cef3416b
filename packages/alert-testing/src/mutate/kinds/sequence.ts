import type { SequenceSearch } from "@mozdef/alert";
import { describeSpan } from "@mozdef/alert-explain";
import { mutantsIn, type OptionChange } from "../mutant/in-kind.ts";
import { queryAt } from "../places/query-places.ts";
import type { KindMutants } from "./kind-mutants.ts";
import { fieldChanges, samplesChanges } from "./shared.ts";

type Change = OptionChange<"sequence">;

/** Each step more often and less often, swapped with the next one, or left out; a shorter and a longer time; what steps have in common. */
export const sequenceMutants: KindMutants<SequenceSearch> = (at, search) =>
  mutantsIn(at, "sequence", [
    ...fieldChanges(search, "look for sequences"),
    ...search.places.flatMap((_, place) => placeChanges(search, place)),
    ...withinChanges(search),
    ...samplesChanges<SequenceSearch>(search),
  ]);

const isAbsent = ({ places }: SequenceSearch, place: number): boolean => places[place]?.isAbsent === true;

/** `step 2`; steps are counted as they happen. */
const nameOf = ({ places }: SequenceSearch, place: number): string => {
  const number = places.slice(0, place + 1).filter((one) => !one.isAbsent).length;
  return places[place]?.isAbsent === true ? `what must not happen after step ${number}` : `step ${number}`;
};

const placeChanges = (search: SequenceSearch, place: number): readonly Change[] => [
  ...(isAbsent(search, place) ? [] : timesChanges(search, place)),
  ...(canSwap(search, place) ? [swapped(search, place)] : []),
  ...(canDrop(search, place) ? [left(search, place)] : []),
  ...ownChanges(search, place),
];

const timesChanges = (search: SequenceSearch, place: number): readonly Change[] => {
  const times = search.places[place]?.times ?? 1;
  const name = nameOf(search, place);
  const up: Change = {
    key: `times up ${place}`,
    description: `${name}: times ${times} + 1`,
    suggestion: `No firing case depends on ${name} needing no more than ${times} events. Add one to "fires" with exactly ${times}.`,
    change: (one) => withPlace(one, place, (own) => ({ ...own, times: own.times + 1 })),
  };
  const down: Change = {
    key: `times down ${place}`,
    description: `${name}: times ${times} - 1`,
    suggestion: `No silent case depends on ${name} needing ${times} events. Add one to "silent" with ${times - 1}, and all else as in the firing cases.`,
    change: (one) => withPlace(one, place, (own) => (own.times <= 1 ? null : { ...own, times: own.times - 1 })),
  };
  return times === 1 ? [up] : [up, down];
};

type Place = SequenceSearch["places"][number];

const withPlace = (
  search: SequenceSearch,
  place: number,
  change: (own: Place) => Place | null,
): SequenceSearch | null => {
  const own = search.places[place];
  const changed = own === undefined ? null : change(own);
  return changed === null ? null : { ...search, places: search.places.with(place, changed) };
};

/** Steps of one form would be the same either way. */
const canSwap = (search: SequenceSearch, place: number): boolean => {
  const next = search.places[place + 1];
  if (next === undefined || next.isAbsent || isAbsent(search, place)) return false;
  const form = (at: number): string => JSON.stringify([search.places[at], queryAt(search, at)?.plan]);
  return form(place) !== form(place + 1);
};

const swapped = (search: SequenceSearch, place: number): Change => ({
  key: `swap ${place}`,
  description: `swap ${nameOf(search, place)} and ${nameOf(search, place + 1)}`,
  suggestion: `No case depends on ${nameOf(search, place)} coming before ${nameOf(search, place + 1)}. Add one to "silent" with their events the other way round.`,
  change: (one) => {
    if (!canSwap(one, place)) return null;
    const order = [...one.places.keys()];
    return reordered(one, order.with(place, place + 1).with(place + 1, place));
  },
});

/** A sequence begins with something that happens. */
const canDrop = (search: SequenceSearch, place: number): boolean => {
  const rest = search.places.toSpliced(place, 1);
  return rest.length > 0 && rest[0]?.isAbsent === false;
};

const left = (search: SequenceSearch, place: number): Change => {
  const name = nameOf(search, place);
  return {
    key: `drop ${place}`,
    description: `drop ${name}`,
    suggestion: isAbsent(search, place)
      ? `No silent case depends on ${name}. Add one to "silent" in which it happens, and all else as in the firing cases.`
      : `No silent case depends on ${name}. Add one to "silent" without its events, and all else as in the firing cases.`,
    change: (one) => {
      if (!canDrop(one, place)) return null;
      const last = place === one.places.length - 1;
      const kept = reordered(one, [...one.places.keys()].toSpliced(place, 1));
      return kept === null ? null : { ...kept, isNeverBetween: one.isNeverBetween && !last };
    },
  };
};

/** The places in another order, or fewer of them. */
const reordered = (search: SequenceSearch, order: readonly number[]): SequenceSearch | null => {
  const places = order.flatMap((place) => search.places[place] ?? []);
  const [query, ...further] = order.flatMap((place) => queryAt(search, place) ?? []);
  return query === undefined ? null : { ...search, query, further, places };
};

/** What a step says for itself. */
const ownChanges = (search: SequenceSearch, place: number): readonly Change[] => {
  const { by = null, indices = null } = search.places[place] ?? {};
  const name = nameOf(search, place);
  const changes: Change[] = [];
  if (by !== null)
    changes.push({
      key: `by ${place}`,
      description: `${name}: drop by ${by.join(", ")}`,
      suggestion: `No case depends on ${name} being about ${by.join(", ")}. Add one to "fires" whose events of this step have it, and not ${search.fields.join(", ")}.`,
      change: (one) => withPlace(one, place, (own) => ({ ...own, by: null })),
    });
  if (indices !== null)
    changes.push({
      key: `indices ${place}`,
      description: `${name}: drop indices ${indices.join(",")}`,
      suggestion: `No case depends on the indices ${indices.join(",")} of ${name}. Add one whose events are saved where only this step looks: setup: (site) => site.saveEvent(event, { index }).`,
      change: (one) => withPlace(one, place, (own) => ({ ...own, indices: null })),
    });
  return changes;
};

const withinChanges = ({ withinMs }: SequenceSearch): readonly Change[] => {
  const span = describeSpan(withinMs);
  return [
    {
      key: "within shorter",
      description: `within nine tenths of ${span}`,
      suggestion: `No case depends on the whole of ${span}. Add one whose first and last event are almost ${span} apart.`,
      change: (search) => ({ ...search, withinMs: Math.round(search.withinMs * 0.9) }),
    },
    {
      key: "within longer",
      description: `within eleven tenths of ${span}`,
      suggestion: `No case depends on the end of ${span}. Add one whose first and last event are just more than ${span} apart.`,
      change: (search) => ({ ...search, withinMs: Math.round(search.withinMs * 1.1) }),
    },
  ];
};
