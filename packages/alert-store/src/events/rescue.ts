import type { estypes } from "@elastic/elasticsearch";
import { isExactNumber } from "@mozdef/event-intake";
import { mozdef } from "@mozdef/query/mozdef";
import type { PendingEvent } from "./prepare-event.ts";
import { type Divided, pathOf, takeOut } from "./unmapped.ts";

/** Fields of an event that are taken out one by one; with more of them that do not fit, all that are new go. */
const MOST_FIELDS = 5;

/** Whether an answer means that the event does not fit into its index, however often it is sent. */
export const isForItsShape = (item: estypes.BulkResponseItem): boolean => item.status === 400;

/**
 * The event with less of it than the index has just refused: without the field that the answer names; then with the fields only
 * that the index has; then with MozDef's base fields. undefined when even those were refused.
 *
 * @param known - Names of the fields of the index.
 */
export const lessOf = (
  event: PendingEvent,
  error: estypes.ErrorCause | undefined,
  known: ReadonlySet<string>,
): PendingEvent | undefined => {
  if (event.stage === "whole") {
    const without = Object.keys(event.taken).length < MOST_FIELDS ? withoutRefused(event, error) : undefined;
    return without === undefined
      ? { ...event, ...withKnownFields(event, known), stage: "known" }
      : { ...event, ...without };
  }
  return event.stage === "known" ? { ...event, ...withBaseFields(event), stage: "base" } : undefined;
};

/** How answers of Elasticsearch and OpenSearch name the field that they are about. */
const REFUSED_FIELD =
  /(?:object mapping for|failed to parse field|add mapping for field|merge a non object mapping|Field name) \[([^\]]+)\]/;

const withoutRefused = (event: Divided, error: estypes.ErrorCause | undefined): Divided | undefined => {
  const name = REFUSED_FIELD.exec(error?.reason ?? "")?.[1];
  const path = name === undefined ? undefined : pathOf(event.event, name);
  return name === undefined || path === undefined ? undefined : takeOut(event, name, path);
};

const withKnownFields = ({ event, taken }: Divided, known: ReadonlySet<string>): Divided => {
  const parts: Record<string, unknown> = { ...taken };
  const keepIn = (value: object, above: string): Record<string, unknown> =>
    Object.fromEntries(
      Object.entries(value).flatMap(([key, inner]: [string, unknown]) => {
        const kept = keep(inner, above + key);
        return kept === undefined ? [] : [[key, kept] as const];
      }),
    );
  const keep = (value: unknown, name: string): unknown => {
    if (known.has(name) || value === null) return value;
    if (typeof value === "object" && !Array.isArray(value) && !isExactNumber(value)) return keepIn(value, `${name}.`);
    parts[name] = value;
    return undefined;
  };
  return { event: keepIn(event, ""), taken: parts };
};

const withBaseFields = ({ event, taken }: Divided): Divided => {
  const isBase = ([key, value]: readonly [string, unknown]): boolean =>
    Object.hasOwn(mozdef, key) && [value].flat().every((item) => typeof item === "string" || typeof item === "boolean");
  const entries = Object.entries(event);
  return {
    event: Object.fromEntries(entries.filter(isBase)),
    taken: { ...taken, ...Object.fromEntries(entries.filter((entry) => !isBase(entry))) },
  };
};
