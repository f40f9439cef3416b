import type { AlertDraft } from "./alert-draft.ts";
import type { Hit } from "./event.ts";
import { jsonWeight } from "./json-weight.ts";

/** Characters of an alert without its events, and of a text in one that is longer. */
const MOST_CHARACTERS = 1_000_000;
const LONGEST_TEXT = 10_000;

/** Characters of the events of an alert together: a request with it stays below what servers take. */
const MOST_OF_EVENTS = 10_000_000;

/** A draft that can be stored, and what was left out of it for that, in sentences. */
export interface FittedDraft {
  readonly draft: Omit<AlertDraft, "events">;
  readonly events: readonly Hit[];
  readonly notes: readonly string[];
}

/**
 * Makes a draft fit: whoever writes events must not be able to keep an alert from being stored by their size. What is left out is said
 * in the alert.
 *
 * @param events - Those that the alert carries.
 * @throws {Error} saying why it cannot be written as JSON.
 */
export const fitDraft = ({ events: _events, ...draft }: AlertDraft, events: readonly Hit[]): FittedDraft => {
  const carried = fittingEvents(events);
  const left = events.length - carried.length;
  const notes = left === 0 ? [] : [`${left} of ${events.length} events are left out: together they are too large.`];
  if (jsonWeight(draft) <= MOST_CHARACTERS) return { draft, events: carried, notes };
  const shorter = shortened(draft) as typeof draft;
  const cut = `Texts of this alert are cut after ${LONGEST_TEXT} characters: it was too large.`;
  if (jsonWeight(shorter) <= MOST_CHARACTERS) return { draft: shorter, events: carried, notes: [...notes, cut] };
  const bare = { ...shorter, details: undefined, tags: shorter.tags.slice(0, MOST_TAGS) };
  return { draft: bare, events: carried, notes: [...notes, cut, "Its details are left out, too."] };
};

const MOST_TAGS = 90;

const fittingEvents = (events: readonly Hit[]): readonly Hit[] => {
  let weight = 0;
  const end = events.findIndex(({ _source, original = _source }) => (weight += jsonWeight(original)) > MOST_OF_EVENTS);
  return end === -1 ? events : events.slice(0, end);
};

const shortened = (value: unknown): unknown => {
  if (typeof value === "string") return value.length > LONGEST_TEXT ? `${value.slice(0, LONGEST_TEXT)}…` : value;
  if (Array.isArray(value)) return value.map(shortened);
  if (typeof value !== "object" || value === null || "toJSON" in value) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, shortened(inner)]));
};
