import type { StoredEvent } from "@mozdef/alert-api";
import { valueAt } from "../search/event-cells.ts";
import { toText } from "../shared/to-text.ts";
import { flatten } from "../shared/flatten.ts";

/** Events that are looked at for their fields; an alert may carry thousands. */
const LOOKED_AT = 100;

/** The host and the summary, in MozDef's shape and in that of the Elastic Common Schema. */
const HOSTS = ["hostname", "host.name"];
const SUMMARIES = ["summary", "message"];

/** Columns beside time, host and summary. */
const MOST_DIFFERING = 3;

/** Longer values make no column that can be compared at a glance. */
const LONGEST_VALUE = 80;

/** Of how an event came in, not of what it says; they differ always. */
const OF_INTAKE = /^(?:mozdefhostname|mozdef\.|alerts\b|alert_names\b|receivedtimestamp$|_|event\.ingested$|agent\.)/;

/** Every field that the events have, in order of appearance. */
export const fieldsOf = (events: readonly StoredEvent[]): readonly string[] => [
  ...new Set(events.slice(0, LOOKED_AT).flatMap(({ _source }) => flatten(_source).map(({ name }) => name))),
];

/** The columns that an alert begins with: host, the fields that differ most between its events, and the summary. */
export const defaultColumns = (events: readonly StoredEvent[]): readonly string[] => {
  const fields = fieldsOf(events);
  const firstOf = (names: readonly string[]) => names.filter((name) => fields.includes(name)).slice(0, 1);
  const taken = [...HOSTS, ...SUMMARIES];
  return [
    ...firstOf(HOSTS),
    ...differing(events, fields).filter((name) => !taken.includes(name)),
    ...firstOf(SUMMARIES),
  ];
};

const differing = (events: readonly StoredEvent[], fields: readonly string[]): readonly string[] =>
  fields
    .filter((name) => !OF_INTAKE.test(name) && !HOSTS.includes(name) && !SUMMARIES.includes(name))
    .map((name) => ({ name, count: countOf(events, name) }))
    .filter(({ count }) => count > 1)
    .toSorted((a, b) => b.count - a.count)
    .slice(0, MOST_DIFFERING)
    .map(({ name }) => name);

/** How many values a field has among the events; 0 for a field that is no good column: long texts and times. */
const countOf = (events: readonly StoredEvent[], name: string): number => {
  const values = new Set(events.slice(0, LOOKED_AT).map(({ _source }) => toText(valueAt(_source, name))));
  const isPoor = [...values].some((value) => value.length > LONGEST_VALUE || TIME.test(value));
  return isPoor ? 0 : values.size;
};

const TIME = /^\d{4}-\d{2}-\d{2}[T ]\d{2}:/;

/** A table with more of them can be read by nobody. */
const MOST_COLUMNS = 12;
const LONGEST_NAME = 500;

/** Columns as they were kept; undefined when what was kept is something else. */
export const parseColumns = (kept: string | null): readonly string[] | undefined => {
  const list = parsed(kept);
  if (!Array.isArray(list)) return undefined;
  const names = list.filter((name) => typeof name === "string" && name !== "" && name.length <= LONGEST_NAME);
  return [...new Set(names as readonly string[])].slice(0, MOST_COLUMNS);
};

const parsed = (text: string | null): unknown => {
  try {
    return JSON.parse(text ?? "null");
  } catch {
    return undefined; // written by something else
  }
};
