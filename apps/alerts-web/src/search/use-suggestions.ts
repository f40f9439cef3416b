import type { EventField } from "@mozdef/alert-api";
import { countFieldValues } from "../api/event-api.ts";
import { usePolled } from "../shared/use-polled.ts";
import { clauseOf } from "./query-text.ts";

/** Something that a word may be completed to. */
export interface Suggestion {
  /** What takes its place. */
  readonly text: string;
  readonly label: string;
  readonly note: string;
}

const MOST = 12;

/** What the word that is being typed may become: a field, or after `field:` one of its most frequent values. */
export const useSuggestions = (word: string, fields: readonly EventField[], query: string): readonly Suggestion[] => {
  const [name, begun] = splitAtColon(word);
  const field =
    begun === undefined ? undefined : fields.find((one) => one.name === name && !one.types.includes("text"));
  const { data: values } = usePolled(`${field?.name ?? ""} ${query}`, async (signal) =>
    field === undefined ? null : countFieldValues(valuesQuery(field.name, query), signal),
  );
  if (begun !== undefined)
    return (field === undefined ? [] : (values?.values ?? []))
      .filter(({ value }) => value.toLowerCase().startsWith(begun.toLowerCase()))
      .map(({ value, count }) => ({ text: clauseOf(name, value), label: value, note: `${count} events` }));
  if (word.length < 2) return [];
  const lower = word.toLowerCase();
  return fields
    .filter((one) => one.name.toLowerCase().includes(lower))
    .toSorted(
      (a, b) => Number(b.name.startsWith(word)) - Number(a.name.startsWith(word)) || a.name.length - b.name.length,
    )
    .slice(0, MOST)
    .map((one) => ({ text: `${one.name}:`, label: one.name, note: one.types.join(", ") }));
};

const splitAtColon = (word: string): readonly [name: string, begun: string | undefined] => {
  const colon = word.indexOf(":");
  return colon < 0 ? [word, undefined] : [word.slice(0, colon), word.slice(colon + 1)];
};

/** The values of a field among events: its query string. */
export const valuesQuery = (field: string, query: string): string => {
  const params = new URLSearchParams(query);
  params.set("field", field);
  return params.toString();
};
