import { type Parser, readLog } from "@mozdef/event-intake";
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
  /** Further events of the file, which are not looked at. */
  readonly others: number;
}

/** Set when an event is saved; a test that had them would become outdated. */
const PASSING: ReadonlySet<string> = new Set([
  ...Object.entries(mozdef).flatMap(([name, kind]) => (kind === "date" ? [name] : [])),
  ...Object.keys(mozdefMarks).map((name) => name.split(".")[0] ?? name),
  "mozdef",
]);
const LONGEST_TEXT = 1_000_000;

type Json = Readonly<Record<string, unknown>>;

/**
 * Reads an event as it was sent, a JSON object of any shape that the service reads or a line of a log, as the service does; or as
 * the store answers it (`{ _id, _source }`).
 *
 * @param parsers - Of packs. Default: none.
 * @throws {CreateError} `CREATE_EVENT_INVALID`.
 */
export const readSampleEvent = (text: string, source: string, parsers: readonly Parser[] = []): SampleEvent => {
  if (text.length > LONGEST_TEXT) throw invalid(source, `it has ${text.length} characters, at most ${LONGEST_TEXT}`);
  const json = parse(text);
  const isHit = isObject(json) && Object.hasOwn(json, "_source");
  const sent = isHit ? json._source : json;
  if (isHit && !isObject(sent)) throw invalid(source, "its _source is not a JSON object");
  const [event, others] = isStored(sent, isHit)
    ? [sent, 0]
    : rawEvent(isHit ? JSON.stringify(sent) : text, sent, { source, parsers });
  const fields = Object.fromEntries(
    Object.entries(event).filter(([key, value]) => !PASSING.has(key) && !isNothing(value)),
  );
  const category = textOf(fields.category);
  const clauses = proposeClauses(fields);
  if (category === null && clauses.length === 0)
    throw invalid(source, "it has nothing to search for: no category, no summary, no tags, no texts below details");
  return { fields, category, summary: textOf(fields.summary), clauses, others };
};

/** What the text is as JSON, or why it is none. */
const parse = (text: string): unknown => {
  try {
    return JSON.parse(text) as unknown;
  } catch (cause) {
    return cause;
  }
};

const isObject = (value: unknown): value is Json =>
  typeof value === "object" && value !== null && !Array.isArray(value) && !(value instanceof SyntaxError);

/** An event that the service has saved: it needs no reading. */
const isStored = (event: unknown, isHit: boolean): event is Json => {
  if (!isObject(event)) return false;
  if (Object.hasOwn(event, "receivedtimestamp")) return true;
  // A document that the store answers may also be from a source of another shape, such as ECS.
  return isHit && (Object.hasOwn(event, "utctimestamp") || !Object.hasOwn(event, "@timestamp"));
};

interface Reading {
  readonly source: string;
  readonly parsers: readonly Parser[];
}

/** The first event, and how many others there are: a finding of one product may be several. */
const rawEvent = (
  text: string,
  json: unknown,
  { source, parsers }: Reading,
): readonly [event: Json, others: number] => {
  const isText = json instanceof SyntaxError;
  if (!isText && ![json].flat().some(isObject)) throw invalid(source, EXPECTED);
  const [read, ...others] = readLog(text, { receivedAt: new Date(), parsers });
  if (read === undefined) throw invalid(source, EXPECTED);
  const [first = ""] = text.trimStart().split("\n");
  if (isText && /^[{[]/.test(first) && parse(first) instanceof SyntaxError)
    throw invalid(source, `it is not JSON (${json.message})`, json);
  // Numbers of which the service keeps all digits are numbers like others in a test.
  return [JSON.parse(JSON.stringify(read.event)) as Json, others.length];
};

const EXPECTED = "expected one event, a JSON object or a line of a log";

/** What the service adds to every event. */
const isNothing = (value: unknown): boolean =>
  (Array.isArray(value) && value.length === 0) || (isObject(value) && Object.keys(value).length === 0);

const textOf = (value: unknown): string | null => (typeof value === "string" && value !== "" ? value : null);

const invalid = (source: string, reason: string, cause?: unknown): CreateError =>
  new CreateError("CREATE_EVENT_INVALID", `No alert can be made from ${source}: ${reason}.`, { cause });
