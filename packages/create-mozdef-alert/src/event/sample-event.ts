import { mozdef, mozdefMarks } from "@mozdef/query/mozdef";
import { CreateError } from "../create-error.ts";
import { proposeClauses, type ProposedClause } from "./propose-clauses.ts";

/** An event that the alert has to find, and what is proposed from it. */
export interface SampleEvent {
  /** Without the fields that differ with each event. */
  readonly fields: Readonly<Record<string, unknown>>;
  readonly category: string | null;
  readonly summary: string | null;
  readonly clauses: readonly ProposedClause[];
}

/** Set when an event is saved; a test that had them would become outdated. */
const PASSING: ReadonlySet<string> = new Set([
  ...Object.entries(mozdef).flatMap(([name, kind]) => (kind === "date" ? [name] : [])),
  ...Object.keys(mozdefMarks).map((name) => name.split(".")[0] ?? name),
  "mozdef",
]);
const LONGEST_JSON = 1_000_000;

/**
 * Reads an event as it was sent, or as the store answers it (`{ _id, _source }`).
 *
 * @throws {CreateError} `CREATE_EVENT_INVALID`.
 */
export const readSampleEvent = (json: string, source: string): SampleEvent => {
  const event = eventOf(parse(json, source), source);
  const fields = Object.fromEntries(Object.entries(event).filter(([key]) => !PASSING.has(key)));
  const category = textOf(fields.category);
  const clauses = proposeClauses(fields);
  if (category === null && clauses.length === 0)
    throw invalid(source, "it has nothing to search for: no category, no summary, no tags, no texts below details");
  return { fields, category, summary: textOf(fields.summary), clauses };
};

const parse = (json: string, source: string): unknown => {
  if (json.length > LONGEST_JSON) throw invalid(source, `it has ${json.length} characters, at most ${LONGEST_JSON}`);
  try {
    return JSON.parse(json) as unknown;
  } catch (cause) {
    throw invalid(source, `it is not JSON (${cause instanceof Error ? cause.message : String(cause)})`, cause);
  }
};

const eventOf = (value: unknown, source: string): Readonly<Record<string, unknown>> => {
  if (typeof value !== "object" || value === null || Array.isArray(value))
    throw invalid(source, "expected one event, a JSON object");
  const inner: unknown = "_source" in value ? value._source : value;
  if (typeof inner !== "object" || inner === null || Array.isArray(inner))
    throw invalid(source, "its _source is not a JSON object");
  return inner as Readonly<Record<string, unknown>>;
};

const textOf = (value: unknown): string | null => (typeof value === "string" && value !== "" ? value : null);

const invalid = (source: string, reason: string, cause?: unknown): CreateError =>
  new CreateError("CREATE_EVENT_INVALID", `No alert can be made from ${source}: ${reason}.`, { cause });
