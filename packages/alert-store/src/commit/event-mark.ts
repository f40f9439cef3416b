import type { Covers } from "./covers.ts";

/** What is to be added to one event. */
export interface EventMark {
  readonly _index: string;
  readonly _id: string;
  readonly alerts: readonly AlertLink[];
  readonly alert_names: readonly string[];
}

interface AlertLink {
  readonly index: string;
  readonly id: string;
}

/** The fields of an event that say which alerts it is part of. They come from outside and may hold anything. */
export interface MarkFields {
  readonly alerts?: unknown;
  readonly alert_names?: unknown;
}

/** Marks, one for each event. What no alert is stored of gets the name, but no link. */
export const marksOf = (covering: readonly Covers[]): readonly EventMark[] => {
  const marks = new Map<string, { _index: string; _id: string; alerts: AlertLink[]; alert_names: string[] }>();
  for (const { covers, name, alert } of covering)
    for (const { index: _index, ids } of covers)
      for (const _id of ids) {
        const key = JSON.stringify([_index, _id]);
        const mark = marks.get(key) ?? { _index, _id, alerts: [], alert_names: [] };
        if (alert !== null) mark.alerts.push({ index: alert._index, id: alert._id });
        if (!mark.alert_names.includes(name)) mark.alert_names.push(name);
        marks.set(key, mark);
      }
  return [...marks.values()];
};

/** The fields with the mark added; null when nothing is missing. */
export const markedFields = (current: MarkFields, mark: EventMark): MarkFields | null => {
  const [links, names] = [listOf(current.alerts), listOf(current.alert_names)];
  const newLinks = mark.alerts.filter(({ id }) => !links.some((link) => idOf(link) === id));
  const newNames = mark.alert_names.filter((name) => !names.includes(name));
  if (newLinks.length === 0 && newNames.length === 0) return null;
  return { alerts: [...links, ...newLinks], alert_names: [...names, ...newNames] };
};

const listOf = (value: unknown): readonly unknown[] =>
  Array.isArray(value) ? value : value === undefined || value === null ? [] : [value];

const idOf = (link: unknown): unknown =>
  typeof link === "object" && link !== null && "id" in link ? link.id : undefined;
