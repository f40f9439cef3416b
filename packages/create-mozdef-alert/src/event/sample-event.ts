import { type Parser, readLog } from "@mozdef/event-intake";
import { mozdef, mozdefMarks } from "@mozdef/query/mozdef";
import { CreateError } from "../create-error.ts";
import { compareEvents, type DifferingField } from "./compare-events.ts";
import type { Contrast } from "./contrast.ts";
import { proposeClauses, type ProposedClause } from "./propose-clauses.ts";

/** An event that the alert has to find, and what is proposed from it and from the others of its file. */
export interface SampleEvent {
  /** Of the first event, without the fields that are set anew for each. */
  readonly fields: Readonly<Record<string, unknown>>;
  readonly category: string | null;
  readonly summary: string | null;
  readonly clauses: readonly ProposedClause[];
  /** How many events there are. */
  readonly count: number;
  /** Fields that could make groups. */
  readonly differing: readonly DifferingField[];
  /** Fields that could tell sorts of events apart. */
  readonly contrasts: readonly Contrast[];
  /** Whether it is what was sent, so that the service would read it so, and not what the store answers. */
  readonly isSent: boolean;
}

/** Set when an event is saved; a test that had them would become outdated. */
const PASSING: ReadonlySet<string> = new Set([
  ...Object.entries(mozdef).flatMap(([name, kind]) => (kind === "date" ? [name] : [])),
  ...Object.keys(mozdefMarks).map((name) => name.split(".")[0] ?? name),
  "mozdef",
]);
const LONGEST_TEXT = 20_000_000;

type Json = Readonly<Record<string, unknown>>;

/**
 * Reads events as they were sent, JSON of any shape that the service reads or lines of a log, as the service does; or as the store
 * answers them (`{ _id, _source }`, or a list of these). What is proposed is what all of them have.
 *
 * @param parsers - Of packs. Default: none.
 * @throws {CreateError} `CREATE_EVENT_INVALID`.
 */
export const readSampleEvent = (text: string, source: string, parsers: readonly Parser[] = []): SampleEvent => {
  if (text.length > LONGEST_TEXT) throw invalid(source, `it has ${text.length} characters, at most ${LONGEST_TEXT}`);
  const json = parse(text);
  const stored = storedEvents(json, source);
  const events = stored ?? rawEvents(text, json, { source, parsers });
  const [first = {}, ...others] = events.map(lasting);
  const { shared, differing, contrasts } = compareEvents([first, ...others]);
  const category = textOf(shared.category);
  const clauses = proposeClauses(shared);
  if (category === null && clauses.length === 0) throw invalid(source, nothingToSearch(events.length));
  return {
    fields: first,
    category,
    summary: textOf(first.summary),
    clauses,
    count: events.length,
    differing,
    contrasts: contrasts.length > 0 ? contrasts : clauses.flatMap(contrastOfClause),
    isSent: stored === null || stored.every((event) => event === json),
  };
};

const nothingToSearch = (count: number): string =>
  count === 1
    ? "it has nothing to search for: no category, no summary, no tags, no texts below details"
    : `its ${count} events have nothing in common to search for: no category, no summary, no tags, no texts below details`;

/** Without what is set when an event is saved, and without what is empty. */
const lasting = (event: Json): Json =>
  Object.fromEntries(Object.entries(event).filter(([key, value]) => !PASSING.has(key) && !isNothing(value)));

/** Of a single event: what it is, and anything else. */
const contrastOfClause = ({ match, field, value, otherValue }: ProposedClause): readonly Contrast[] =>
  match === "TermMatch" && field.startsWith("details.") ? [{ field, first: value, second: otherValue }] : [];

/** Events as the service has saved them, which need no reading; null for those that do. */
const storedEvents = (json: unknown, source: string): readonly Json[] | null => {
  const all: readonly unknown[] = Array.isArray(json) && json.length > 0 ? json : [json];
  if (all.some((one) => isHit(one) && !isObject(one._source)))
    throw invalid(source, "its _source is not a JSON object");
  const sent = all.map((one) => (isHit(one) ? one._source : one));
  return all.every((one, at) => isStored(sent[at], isHit(one))) ? (sent as readonly Json[]) : null;
};

const isHit = (value: unknown): value is Json => isObject(value) && Object.hasOwn(value, "_source");

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

/** Every event that the service would make of what was sent: a finding of one product may be several. */
const rawEvents = (text: string, json: unknown, { source, parsers }: Reading): readonly Json[] => {
  const isText = json instanceof SyntaxError;
  if (!isText && ![json].flat().some(isObject)) throw invalid(source, EXPECTED);
  // What the store answers about another source, such as ECS, is read as if it had been sent.
  const sent = isText || ![json].flat().some(isHit) ? text : JSON.stringify([json].flat().map(sourceOf));
  const [first = ""] = text.trimStart().split("\n");
  if (isText && /^[{[]/.test(first) && parse(first) instanceof SyntaxError)
    throw invalid(source, `it is not JSON (${json.message})`, json);
  const read = readLog(sent, { receivedAt: new Date(), parsers });
  if (read.length === 0) throw invalid(source, EXPECTED);
  // Numbers of which the service keeps all digits are numbers like others in a test.
  return read.map(({ event }) => JSON.parse(JSON.stringify(event)) as Json);
};

const sourceOf = (value: unknown): unknown => (isHit(value) ? value._source : value);

const EXPECTED = "expected events, as JSON or as lines of a log";

/** What the service adds to every event. */
const isNothing = (value: unknown): boolean =>
  (Array.isArray(value) && value.length === 0) || (isObject(value) && Object.keys(value).length === 0);

const textOf = (value: unknown): string | null => (typeof value === "string" && value !== "" ? value : null);

const invalid = (source: string, reason: string, cause?: unknown): CreateError =>
  new CreateError("CREATE_EVENT_INVALID", `No alert can be made from ${source}: ${reason}.`, { cause });
