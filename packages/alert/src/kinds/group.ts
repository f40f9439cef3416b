import { preview } from "@mozdef/query/tools";
import type { FieldName } from "@mozdef/query";
import { deepFreeze } from "../document/deep-freeze.ts";
import { type EventIds, type Hit, sortedByTime } from "../document/event.ts";
import { timeField } from "../source/searched-source.ts";
import { alertIdOfEvents, alertIdOfSilence } from "./alert-id.ts";
import type { SearchBase } from "./search-base.ts";
import type { PlannedOf, Subject, SubjectScope } from "./search-kind.ts";

/** Events with something in common. */
export interface Group {
  /** The value of each field as text, in the order of the search's fields. */
  readonly keys: readonly string[];
  /** Oldest first. */
  readonly events: readonly Hit[];
  /** Later events of a large group, which count and are covered, but do not come along. Default: none. */
  readonly further?: readonly EventIds[];
  /** What the search measures of them. Default: how many there are. */
  readonly measured?: number;
  /** What the group is compared with. Default 0. */
  readonly baseline?: number;
  /** The events of each step of a sequence. Default: none. */
  readonly steps?: readonly (readonly Hit[])[];
}

/** A search whose hook is called with groups. */
export interface GroupSearch extends SearchBase {
  /** The fields whose values make the groups; empty when all events are one group. */
  readonly fields: readonly FieldName[];
  /** Events of a group handed over as samples. */
  readonly samplesLimit: number;
}

/** Events that a group hands over as samples unless the search says otherwise. */
export const DEFAULT_SAMPLES = 5;

/** The largest group first, then by value. */
export const bySize = (a: Group, b: Group): number => sizeOf(b) - sizeOf(a) || compare(valueOf(a), valueOf(b));

/** How many events a group has, those that did not come along among them. */
export const sizeOf = ({ events, further = [] }: Pick<Group, "events" | "further">): number =>
  further.reduce((sum, { ids }) => sum + ids.length, events.length);

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** How the values of a group are shown. */
export const valueOf = ({ keys }: Pick<Group, "keys">): string => keys.join("|");

/** Tells groups apart, also where a value has the sign in it that parts the values of several fields. */
export const groupKeyOf = ({ keys }: Pick<Group, "keys">): string =>
  keys.length < 2 ? valueOf({ keys }) : keys.map((key) => key.replaceAll("|", String.raw`\|`)).join("|");

/** The value of each field, by its name. */
export const valuesOf = (fields: readonly FieldName[], keys: readonly string[]): Readonly<Record<string, string>> =>
  Object.fromEntries(fields.map((field, index) => [field, keys[index] ?? ""]));

/** The events of a group that are fresh, in order, frozen for its hook. */
export const freshOf = (
  { source }: Pick<PlannedOf<SearchBase>, "source">,
  { events }: Group,
  isFresh: SubjectScope["isFresh"],
): readonly Hit[] => deepFreeze(sortedByTime(events.filter(isFresh), timeField(source)));

/**
 * The call of the hook with a group.
 *
 * @param group - With its events in order.
 * @param now - The slot: an alert about a group without events is one for each slot.
 * @param embedded - Its samples. Default: its first events.
 */
export const groupSubject = (
  planned: PlannedOf<GroupSearch>,
  { keys, events, further = [], measured, baseline = 0, steps = [] }: Group,
  now: Date,
  embedded: readonly Hit[] = events.slice(0, planned.search.samplesLimit),
): Subject<"onAggregation"> => {
  const { name, search } = planned;
  const value = valueOf({ keys });
  const key = groupKeyOf({ keys });
  const samples = Object.freeze([...embedded]);
  const count = sizeOf({ events, further });
  const [oldest] = events;
  return {
    id: oldest === undefined ? alertIdOfSilence(planned, now, key) : alertIdOfEvents(name, oldest, key),
    group: key,
    about: keys.length === 0 ? "its events" : `group ${preview(value)}`,
    events,
    further,
    samples,
    given: {
      value,
      values: valuesOf(search.fields, keys),
      count,
      measured: measured ?? count,
      baseline,
      steps,
      events: samples,
      allEvents: events,
    },
  };
};
