/** A clause that finds the sample event, and a value with which it would not. */
export interface ProposedClause {
  readonly match: "TermMatch" | "PhraseMatch";
  readonly field: string;
  readonly value: string | boolean;
  readonly otherValue: string | boolean;
}

const MOST_CLAUSES = 5;
const FIELD_PART = /^[A-Za-z_][A-Za-z0-9_-]*$/;
/** Short words without digits: names of programs, outcomes and kinds, not of persons, machines or requests. */
export const KIND_OF_THING = /^[A-Za-z][A-Za-z_./ -]{0,40}$/;
export const ABOUT_ONE_EVENT =
  /(?:address|host|user|name|id|uuid|hash|path|url|uri|email|time|date|message|msg|key|token)$/i;

/**
 * Where products say what has happened, the surest first, by the last part of the name below `details` in lower case: the name or
 * number of the event, the program, what was done, and how it ended.
 */
export const TELLING = [
  ...["eventname", "eventid", "note", "event_type", "eventtype", "type", "program", "action", "proxyaction", "verb"],
  ...["authstatus", "status", "result", "outcome", "reason", "errorcode", "success"],
];
/** Once so many say what it is, others are about this one event more than about its kind. */
const ENOUGH = 2;

/**
 * What in an event tells its kind: summary, fields that products use for it, tags, and texts and switches below `details` that look
 * like the name of something. The category is not among them, it always makes a clause of its own.
 */
export const proposeClauses = (event: Readonly<Record<string, unknown>>): readonly ProposedClause[] => {
  const telling = [...summaryClause(event), ...tellingClauses(event.details)].slice(0, MOST_CLAUSES);
  if (telling.length >= ENOUGH) return telling;
  const known = new Set(telling.map(({ field }) => field));
  const others = [...tagClause(event.tags), ...detailClauses(event.details)].filter(({ field }) => !known.has(field));
  return [...telling, ...others].slice(0, telling.length > 0 ? ENOUGH + 1 : MOST_CLAUSES);
};

const term = (field: string, value: string | boolean): ProposedClause => ({
  match: "TermMatch",
  field,
  value,
  otherValue: typeof value === "boolean" ? !value : value === "other" ? "another" : "other",
});

/** The first words of the summary, up to the first that looks like a value or is one elsewhere in the event. */
const summaryClause = (event: Readonly<Record<string, unknown>>): readonly ProposedClause[] => {
  if (typeof event.summary !== "string") return [];
  const details: object = typeof event.details === "object" && event.details !== null ? event.details : {};
  const values = new Set<unknown>([event.hostname, ...Object.values<unknown>({ ...details })]);
  const words = event.summary.trim().split(/\s+/).slice(0, 4);
  const end = words.findIndex((word) => !/^[A-Za-z]+[:,]?$/.test(word) || values.has(word));
  const phrase = words
    .slice(0, end === -1 ? words.length : end)
    .join(" ")
    .replace(/[:,]$/, "");
  if (phrase === "") return [];
  const otherValue = "nothing of the kind".includes(phrase.toLowerCase()) ? "Something else" : "Nothing of the kind";
  return [{ match: "PhraseMatch", field: "summary", value: phrase, otherValue }];
};

const tagClause = (tags: unknown): readonly ProposedClause[] => {
  const tag: unknown = Array.isArray(tags) ? tags[0] : undefined;
  return typeof tag === "string" && KIND_OF_THING.test(tag) ? [term("tags", tag)] : [];
};

/** Numbers of events are taken here, too: 4625 is a name. */
const tellingClauses = (details: unknown): readonly ProposedClause[] => {
  if (typeof details !== "object" || details === null || Array.isArray(details)) return [];
  const entries = Object.entries(details).filter(([key]) => FIELD_PART.test(key));
  return TELLING.flatMap((name) => {
    const [key, value] = entries.find(([each]) => each.toLowerCase() === name) ?? [];
    if (key === undefined) return [];
    if (typeof value === "boolean") return [term(`details.${key}`, value)];
    const isName =
      typeof value === "string" && (KIND_OF_THING.test(value) || (name === "eventid" && EVENT_ID.test(value)));
    return isName ? [term(`details.${key}`, value)] : [];
  });
};

const EVENT_ID = /^\d{1,6}$/;

const detailClauses = (details: unknown): readonly ProposedClause[] => {
  if (typeof details !== "object" || details === null || Array.isArray(details)) return [];
  return Object.entries(details).flatMap(([key, value]) => {
    if (!FIELD_PART.test(key) || ABOUT_ONE_EVENT.test(key)) return [];
    if (typeof value === "boolean") return [term(`details.${key}`, value)];
    return typeof value === "string" && KIND_OF_THING.test(value) ? [term(`details.${key}`, value)] : [];
  });
};
