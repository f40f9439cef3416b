import type { EventSchema, SearchQuery } from "@mozdef/query";
import { mozdefSchema } from "@mozdef/query/mozdef";
import { fieldIn, preview, translateQuery } from "@mozdef/query/tools";
import { AlertError } from "../alert-error.ts";
import { isDefaultIndices } from "./default-indices.ts";
import type { Source, Sources } from "./source.ts";

/** Where a search looks. Plain data. */
export interface SearchedSource {
  /** As the configuration names it; null for the store of the service, by its own names. */
  readonly name: string | null;
  readonly indices: readonly string[];
  readonly schema: EventSchema;
  /** Whether MozDef's names are put into those of the source, and its events shown in MozDef's shape. */
  readonly isTranslated: boolean;
  readonly delayMs: number;
  /** Whether another cluster than the service's own has the events. */
  readonly isElsewhere: boolean;
}

/** What an installation says about where events are. */
export interface SourceChoice {
  /** Default: none. */
  readonly sources?: Sources;
  /** The source that an alert is given. Default: the service's own events. */
  readonly source?: string | undefined;
}

/** What a search says about where it looks. */
export interface Looking {
  readonly indices: readonly string[];
  /** A source that it names itself: its names are meant as they are. */
  readonly source?: string | null;
  /** Whether a window looks at the time of the event only. */
  readonly time?: "any" | "event";
}

/**
 * Where a search looks: at the source that it names itself, else, when it asks for events without saying where, at the one that its
 * alert is given.
 *
 * @throws {AlertError} `ALERT_SOURCE_UNKNOWN`.
 */
export const searchedSource = (
  alert: string,
  { indices, source = null, time = "any" }: Looking,
  { sources = {}, source: given }: SourceChoice = {},
): SearchedSource => {
  const name = source ?? (indices.every(isOwnEvents) ? (given ?? null) : null);
  const searched =
    name === null ? ownEvents(indices) : inSource(name, sourceNamed(alert, name, sources), source, indices);
  return time === "any" ? searched : { ...searched, schema: eventTimeOnly(searched.schema) };
};

/** The events that the service keeps, and what packs keep. */
const ownEvents = (indices: readonly string[]): SearchedSource => ({
  name: null,
  indices,
  schema: mozdefSchema,
  isTranslated: false,
  delayMs: 0,
  isElsewhere: false,
});

const inSource = (
  name: string,
  { indices, schema, delayMs, store }: Source,
  asked: string | null,
  own: readonly string[],
): SearchedSource => ({
  name,
  // An alert that names the source may look into a part of it.
  indices: asked === null || isDefaultIndices(own) ? indices : own,
  schema,
  isTranslated: asked === null && schema.names !== undefined,
  delayMs,
  isElsewhere: store !== null,
});

/** The same object for the same schema: whoever compares schemas need not look into them. */
const eventTimeOnly = (schema: EventSchema): EventSchema => {
  const made = ofEventTime.get(schema) ?? { ...schema, time: [schema.time[0]] };
  ofEventTime.set(schema, made);
  return made;
};

const ofEventTime = new WeakMap<EventSchema, EventSchema>();

/**
 * Only in the service's own events do marks come from the service: elsewhere anybody may have written such a field. What is
 * covered there, the store takes out of the result.
 */
export const isOwnEvents = (index: string): boolean => /^events(?:[-*]|$)/.test(index);

const sourceNamed = (alert: string, name: string, sources: Sources): Source => {
  const source = Object.hasOwn(sources, name) ? sources[name] : undefined;
  if (source !== undefined) return source;
  const known = Object.keys(sources);
  throw new AlertError(
    "ALERT_SOURCE_UNKNOWN",
    `${alert} looks for events in a source that is not configured. Expected: ${known.length === 0 ? "a source under `sources` of the configuration" : `one of ${known.join(", ")}`}. Received: ${preview(name)}.`,
  );
};

/** The field that is asked for one that an alert names. @throws {QueryError} `QUERY_FIELD_UNNAMED`. */
export const askedField = ({ schema, isTranslated }: SearchedSource, field: string): string =>
  isTranslated ? fieldIn(field, schema) : field;

/** The query that is asked for one of an alert. @throws {QueryError} `QUERY_FIELD_UNNAMED`, `QUERY_NEVER_MATCHES`. */
export const askedQuery = ({ schema, isTranslated }: SearchedSource, query: SearchQuery): SearchQuery =>
  isTranslated ? translateQuery(query, schema) : query;

/** The field that orders events as an alert sees them. */
export const timeField = ({ schema, isTranslated }: SearchedSource): string =>
  isTranslated ? mozdefSchema.time[0] : schema.time[0];
