import type { AlertMessage } from "@mozdef/alert/runtime";
import { visible } from "@mozdef/query/tools";

/** Events of an alert that a message for people shows. */
const SHOWN_EVENTS = 5;

/** Of an event, in characters. */
const LONGEST_EVENT = 300;

/** Of everything else that a message shows, in characters. */
const LONGEST_FACT = 300;

const LONGEST_SUMMARY = 2_000;

/** What a message for people says about an alert. All texts are plain: on one line, bounded, without hidden characters. */
export interface AlertText {
  /** Severity and summary. */
  readonly title: string;
  readonly summary: string;
  readonly severity: string;
  /** When the alert was made, as it says it; undefined when that is not told. */
  readonly time: string | undefined;
  /** Name and value of each: alert, category, tags, time, events. */
  readonly facts: readonly (readonly [name: string, value: string])[];
  /** The first five events, or the first ten of several alerts, a line each. */
  readonly events: readonly string[];
}

/**
 * The text of an alert for chats, pagers and mail. What an event has brought into it is neutral only as text: whoever sends it where
 * markup or mentions have a meaning escapes them too, by {@link fit}.
 */
export const alertText = (message: AlertMessage): AlertText => {
  const { _source: alert } = message;
  const { severity, summary, classname, category, tags, utctimestamp, events } = alert;
  const facts = [
    ["Alert", classname],
    ["Category", category],
    ["Tags", tags.slice(0, LONGEST_FACT).join(", ")],
    ["Time", utctimestamp],
    ["Events", String(eventCount(message))],
  ] as const;
  return {
    title: fit(plain(`${severity}: ${summary}`), LONGEST_SUMMARY),
    summary: fit(plain(summary), LONGEST_SUMMARY),
    severity: fit(plain(severity), LONGEST_FACT),
    time: utctimestamp,
    facts: facts.map(([name, value]) => [name, fit(plain(value), LONGEST_FACT)] as const),
    events: events.slice(0, SHOWN_EVENTS).map(({ documentsource }) => eventLine(documentsource)),
  };
};

/** The events that an alert covers, those that were added later among them. */
export const eventCount = ({ _source: { events, count } }: AlertMessage): number =>
  events.length === 0 ? 0 : (count ?? events.length);

/** All that {@link alertText} says below its title, a line each. */
export const textLines = ({ facts, events }: AlertText): readonly string[] => [
  ...facts.map(([name, value]) => `${name}: ${value}`),
  ...events.map((line) => `- ${line}`),
];

/** The host that the first event names; undefined when there is none. */
export const hostOf = ({ _source: { events } }: AlertMessage): string | undefined => {
  const source = events[0]?.documentsource as Readonly<Record<string, unknown>> | undefined;
  const host = source?.host;
  const named = typeof host === "object" && host !== null ? (host as { readonly name?: unknown }).name : host;
  const found = [source?.hostname, named].find((name) => typeof name === "string" && name !== "");
  return typeof found === "string" ? fit(plain(found), LONGEST_FACT) : undefined;
};

const eventLine = (source: Readonly<Record<string, unknown>>): string => {
  const summary = source.summary;
  return fit(plain(typeof summary === "string" && summary !== "" ? summary : JSON.stringify(source)), LONGEST_EVENT);
};

/** Half of a character, which not every receiver takes. */
const LONE_SURROGATE = /\p{Cs}/gu;

/** A text of unknown origin on one line: white space as a single space, what is not seen as an escape. */
export const plain = (text: string): string =>
  visible(text.replaceAll(/\s+/g, " ").trim()).replace(LONE_SURROGATE, "\uFFFD");

/**
 * A text of at most so many UTF-16 units after it is escaped; one that is longer ends in `…`. No character and no escape is cut in two.
 *
 * @param escape - What a text becomes, character by character; never shorter than it was.
 */
export const fit = (text: string, most: number, escape: (text: string) => string = String): string => {
  const whole = text.length > most ? null : escape(text);
  if (whole !== null && whole.length <= most) return whole;
  let kept = "";
  for (const character of text.slice(0, most)) {
    const piece = escape(character);
    if (kept.length + piece.length > most - 1) break;
    kept += piece;
  }
  return `${kept}…`;
};

/** Lines of at most so many UTF-16 units in all; those that have no room are left out, and `…` says so. */
export const fitLines = (lines: readonly string[], most: number, escape?: (text: string) => string): string => {
  let kept = "";
  for (const line of lines) {
    const next = `${kept === "" ? "" : "\n"}${fit(line, most, escape)}`;
    if (kept.length + next.length > most - 2) return `${kept}\n…`;
    kept += next;
  }
  return kept;
};
