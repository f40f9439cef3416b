import type { DateField } from "./date-fields.ts";
import type { Moment } from "./moment.ts";
import { parseZone, type Zone } from "./zone.ts";

/** A date that is being read. */
export interface Reading {
  readonly text: string;
  readonly roundUp: boolean;
  readonly fields: Map<DateField, number>;
  zone: Zone | undefined;
}

/** One part of a date format. */
export interface DateElement {
  /** The parts it reads. */
  readonly fields?: readonly DateField[] | undefined;
  /** Reads from a place on. @returns the place after it, or -1 when the text is another. */
  parse(reading: Reading, at: number): number;
  print(moment: Moment): string;
}

/** Keeps what was read; the same field twice with two numbers is no date. */
export const setField = (reading: Reading, field: DateField, value: number, at: number): number => {
  const known = reading.fields.get(field);
  if (known !== undefined && known !== value) return -1;
  reading.fields.set(field, value);
  return at;
};

export const literal = (text: string): DateElement => ({
  parse: (reading, at) => (reading.text.startsWith(text, at) ? at + text.length : -1),
  print: () => text,
});

/** A literal that is read in either case. */
export const anyCase = (text: string): DateElement => ({
  parse: (reading, at) =>
    reading.text.slice(at, at + text.length).toUpperCase() === text.toUpperCase() ? at + text.length : -1,
  print: () => text,
});

/** Several parts one after the other. */
export const sequence = (...elements: readonly DateElement[]): DateElement => ({
  fields: elements.flatMap(({ fields }) => fields ?? []),
  parse: (reading, at) => {
    let place = at;
    for (const element of elements) {
      place = element.parse(reading, place);
      if (place < 0) return -1;
    }
    return place;
  },
  print: (moment) => elements.map((element) => element.print(moment)).join(""),
});

/** Parts that may be left out, all at once. They are always printed. */
export const optional = (...elements: readonly DateElement[]): DateElement => {
  const inner = sequence(...elements);
  return {
    ...inner,
    parse: (reading, at) => {
      const [fields, zone] = [new Map(reading.fields), reading.zone];
      const place = inner.parse(reading, at);
      if (place >= 0) return place;
      reading.fields.clear();
      for (const [field, value] of fields) reading.fields.set(field, value);
      reading.zone = zone;
      return at;
    },
  };
};

const zoneElement = (offsets: RegExp): DateElement => ({
  parse: (reading, at) => {
    const [offset] = offsets.exec(reading.text.slice(at, at + 9)) ?? [];
    const text = offset ?? longestZone(reading.text.slice(at, at + 50));
    const zone = text === undefined ? undefined : parseZone(text);
    if (!zone || text === undefined) return -1;
    reading.zone = zone;
    return at + text.length;
  },
  print: ({ zone }) => zone.id,
});

/** The name of a region, `Z`, or an offset with a colon. */
export const zoneId = zoneElement(/^[+-]\d{2}:\d{2}(?::\d{2})?/);

/** As {@link zoneId}; the offset may also have no colon, or no minutes. */
export const anyZone = zoneElement(/^[+-]\d{2}(?::\d{2}(?::\d{2})?|\d{2})?/);

/** The longest name of a zone at the start of a text. */
const longestZone = (text: string): string | undefined => {
  const [prefixed] = /^(?:UTC|GMT|UT)(?:[+-]\d{2}:\d{2}(?::\d{2})?|(?=[+-]))/.exec(text) ?? [];
  if (prefixed !== undefined) return prefixed;
  const [word = ""] = /^[A-Za-z][A-Za-z0-9_+\-/:]*/.exec(text) ?? [];
  if (word.startsWith("z")) return undefined;
  for (let end = word.length; end > 0; end--) if (parseZone(word.slice(0, end))) return word.slice(0, end);
  return undefined;
};
