import { isAmplified } from "./event/amplification.ts";
import { checkParsed } from "./event/check-parsed.ts";
import type { EventFields, Note, ReadEvent, ReadOptions } from "./event/event.ts";
import { finishEvent, over } from "./event/finish-event.ts";
import { isObject, type JsonObject, objectOf, textAt } from "./event/json.ts";
import type { Opened, Parser, ParserInput, Shipper } from "./event/parser.ts";
import { programName, readSyslogLine } from "./lines/syslog-line.ts";
import { PARSERS } from "./products/products.ts";
import { SHIPPERS } from "./shippers/shippers.ts";

export interface ReadEventsOptions extends ReadOptions {
  /** Asked before the built-in ones. */
  readonly parsers?: readonly Parser[];
}

/** An event on its way: what is known of it, and what is left to be read. */
interface Draft {
  readonly fields: EventFields;
  readonly parsers: readonly string[];
  readonly notes: readonly Note[];
}

/** Envelopes within envelopes that are opened: a shipper's event with a line of syslog with a record. */
const MOST_ENVELOPES = 4;

/**
 * Reads what arrived: a record of a shipper or a product, as JSON or parsed, or a line of text. Never throws for what is in it, as
 * long as a parsed record is nested no deeper than the store takes one.
 *
 * @returns one event, or several when there are several in a record, as in a file of CloudTrail.
 */
export const readEvents = (input: unknown, options: ReadEventsOptions): readonly ReadEvent[] => {
  const empty: Draft = { fields: {}, parsers: [], notes: [] };
  const drafts = isObject(input)
    ? readRecord(input, empty, options, 0)
    : readLine(typeof input === "string" ? input : JSON.stringify(input), empty, options, 0);
  const events = drafts.map(({ fields, parsers, notes }) => finishEvent(fields, parsers, options, notes));
  return isAmplified(events, () => sizeOf(input)) ? [whole(input, events, options)] : events;
};

const sizeOf = (input: unknown): number => (typeof input === "string" ? input : JSON.stringify(input)).length;

/** A record that would become too much by being read apart: kept as it came, with what its first event says of it. */
const whole = (input: unknown, [first]: readonly ReadEvent[], options: ReadEventsOptions): ReadEvent => {
  const { event, parsers = [], notes = [] } = first ?? {};
  const message = typeof input === "string" ? input : JSON.stringify(input);
  const note: Note = {
    code: "PARSER_FAILED",
    field: parsers.at(-1) ?? "",
    message: "Its events would be many times as large as the record, which is kept whole in details.message.",
  };
  const { category, hostname, source, utctimestamp }: EventFields = event ?? {};
  return finishEvent({ category, hostname, source, utctimestamp, details: { message } }, parsers, options, [
    ...notes,
    note,
  ]);
};

/** The first event of what arrived, see {@link readEvents}. */
export const readEvent = (input: unknown, options: ReadEventsOptions): ReadEvent => {
  const [first] = readEvents(input, options);
  return first ?? finishEvent({ summary: JSON.stringify(input) }, [], options);
};

const readRecord = (
  record: JsonObject,
  outside: Draft,
  options: ReadEventsOptions,
  depth: number,
): readonly Draft[] => {
  const input = { text: "", program: undefined, record, receivedAt: options.receivedAt };
  const [product, around] = readProduct(input, outside, options);
  if (product !== undefined) return product;
  const shipper = SHIPPERS.find((candidate) => candidate.recognise(record));
  const [opened, failed] = shipper === undefined ? [undefined] : openWith(shipper, record);
  if (shipper === undefined || opened === undefined)
    return [withNote({ ...around, fields: over(around.fields, { details: record }) }, shipper?.name, failed)];
  const inner = { ...around, parsers: [...around.parsers, shipper.name] };
  const each = [opened].flat();
  // An envelope in a line may be empty, a line with a header of its own is not.
  if (each.length === 0 && around.parsers.length > 0)
    return [{ ...inner, fields: over(around.fields, { details: record }) }];
  return each.flatMap((one) => readOpened(one, inner, options, depth));
};

const readOpened = (
  { text, isWholeLine = false, record, fields, isTimeOfReading = false }: Opened,
  around: Draft,
  options: ReadEventsOptions,
  depth: number,
): readonly Draft[] => {
  const outer: Draft = { ...around, fields: over(around.fields, fields) };
  if (depth >= MOST_ENVELOPES)
    return [{ ...outer, fields: over({ summary: text, details: record ?? {} }, outer.fields) }];
  const inner = isTimeOfReading
    ? { ...outer, fields: over(outer.fields, { readtimestamp: fields.utctimestamp }) }
    : outer;
  if (record !== undefined) return readRecord(record, inner, options, depth + 1);
  if (text === undefined) return readMessage("", inner, options, depth);
  return isWholeLine ? readLine(text, inner, options, depth + 1) : readMessage(text, inner, options, depth);
};

/** A line with its header, if it has one. */
const readLine = (line: string, around: Draft, options: ReadEventsOptions, depth: number): readonly Draft[] => {
  const syslog = readSyslogLine(line);
  if (syslog === null) return readMessage(line, around, options, depth);
  const { fields, message } = syslog;
  const inner: Draft = {
    ...around,
    fields: over(around.fields, { category: "syslog", source: fields.facility, ...fields }),
    parsers: [...around.parsers, "syslog"],
  };
  return readMessage(message, inner, options, depth);
};

/** Says in a message of syslog that JSON follows. @see https://cee.mitre.org/language/1.0-beta1/clt.html */
const CEE = /^@cee: ?/;

const readMessage = (text: string, outside: Draft, options: ReadEventsOptions, depth: number): readonly Draft[] => {
  const record = objectOf(text.trimStart().replace(CEE, ""));
  const program = programOf(outside.fields);
  const input = { text, program, record, receivedAt: options.receivedAt };
  const [product, around] = readProduct(input, outside, options);
  if (product !== undefined) return product;
  if (record !== undefined && depth < MOST_ENVELOPES) return readRecord(record, around, options, depth + 1);
  return [{ ...around, fields: over(around.fields, { summary: text === "" ? undefined : text.trim() }) }];
};

const programOf = (fields: EventFields): string | undefined => {
  const program = textAt(fields.details, "program") ?? textAt(fields, "processname");
  return program === undefined ? undefined : programName(program).toLowerCase();
};

/** What the first parser makes of it that recognises it and does not take it back; else nothing, and the notes on those that failed. */
const readProduct = (
  input: ParserInput,
  around: Draft,
  { parsers }: ReadEventsOptions,
): readonly [readonly Draft[] | undefined, Draft] => {
  let draft = around;
  for (const parser of parsers === undefined ? PARSERS : [...parsers, ...PARSERS]) {
    const [read, failed] = parseWith(parser, input, parsers?.includes(parser) === true);
    if (failed !== undefined) draft = withNote(draft, parser.name, failed);
    if (read.length === 0) continue;
    const base: Draft = {
      ...draft,
      fields: over({ summary: input.text === "" ? undefined : input.text.trim() }, draft.fields),
      parsers: [...draft.parsers, parser.name],
    };
    return [read.map((fields) => ({ ...base, fields: over(base.fields, fields) })), draft];
  }
  return [undefined, draft];
};

type Attempt = readonly [read: readonly EventFields[], failed?: Error];

const NOTHING: Attempt = [[]];

/** Most parsers have nothing to say to most inputs: that has to cost nothing. */
const parseWith = (parser: Parser, input: ParserInput, isForeign: boolean): Attempt => {
  try {
    if (!parser.recognise(input)) return NOTHING;
    const read = parser.parse(input);
    if (isForeign) return [checkParsed(read)];
    return read === null ? NOTHING : [[read].flat()];
  } catch (error) {
    return [[], asError(error)];
  }
};

const openWith = (
  shipper: Shipper,
  record: JsonObject,
): readonly [Opened | readonly Opened[]] | readonly [undefined, Error] => {
  try {
    return [shipper.open(record)];
  } catch (error) {
    return [undefined, asError(error)];
  }
};

const asError = (error: unknown): Error => (error instanceof Error ? error : new Error(String(error)));

const withNote = (draft: Draft, field = "", failed: Error | undefined): Draft =>
  failed === undefined
    ? draft
    : { ...draft, notes: [...draft.notes, { code: "PARSER_FAILED", field, message: `It failed: ${failed.message}` }] };
