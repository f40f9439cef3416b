import { HttpError } from "../http/http-error.ts";
import type { Turns } from "./turns.ts";

/** Where one JSON value of a body is said to be. Whether it is JSON shows when it is read. */
export interface Piece {
  /** The line it begins on, or its position in a list, counted from 1. */
  readonly line: number;
  readonly start: number;
  /** Exclusive. */
  readonly end: number;
}

export interface SplitOptions {
  /** How many values a body may have. */
  readonly most: number;
  readonly turns: Turns;
  /** Values may stand side by side, with or without blanks between them. Default false. */
  readonly isSideBySide?: boolean;
}

/** A split in progress: pieces, and undefined where somebody else may have the thread. False: the body has another shape. */
type Split = Generator<Piece | undefined, boolean>;

/** Bytes between two chances for others, about a millisecond. */
const PAUSE_BYTES = 256 * 1_024;

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COMMA = 0x2c;
const NEWLINE = 0x0a;
const OPEN = new Set([0x5b, 0x7b]);
const CLOSE = new Set([0x5d, 0x7d]);
const LIST = 0x5b;
const END_OF_LIST = 0x5d;

/**
 * Finds the values of a body without making objects of them: the elements of one list, one value, or one value a line (NDJSON).
 * Which of them it is, the body shows, since senders disagree on the content type of NDJSON.
 *
 * @param options.most - How many values a body may have.
 * @throws {HttpError} `BODY_EMPTY`, `EVENTS_TOO_MANY`.
 */
export const splitBody = async (
  body: Buffer,
  { most, turns, isSideBySide = false }: SplitOptions,
): Promise<readonly Piece[]> => {
  const begin = body.subarray(0, 3).equals(BYTE_ORDER_MARK) ? 3 : 0;
  const start = afterBlanks(body, begin);
  if (start === body.length)
    throw new HttpError("BODY_EMPTY", "The body is empty. Expected: one JSON object, a list of them, or one a line.");
  const whole = await collect(shapeOf(body, start, isSideBySide), most, turns);
  return whole ?? (await collect(lines(body, begin), most, turns)) ?? [];
};

const shapeOf = (body: Buffer, start: number, isSideBySide: boolean): Split => {
  if (body[start] === LIST) return elements(body, start);
  return isSideBySide ? sideBySide(body, start) : single(body, start);
};

/**
 * Finds the lines of a body that have something in them.
 *
 * @throws {HttpError} as {@link splitBody}.
 */
export const splitLines = async (body: Buffer, { most, turns }: SplitOptions): Promise<readonly Piece[]> => {
  const begin = body.subarray(0, 3).equals(BYTE_ORDER_MARK) ? 3 : 0;
  if (afterBlanks(body, begin) === body.length)
    throw new HttpError("BODY_EMPTY", "The body is empty. Expected: lines of text.");
  return (await collect(lines(body, begin), most, turns)) ?? [];
};

const BYTE_ORDER_MARK = Buffer.from("\uFEFF");

const collect = async (split: Split, most: number, turns: Turns): Promise<readonly Piece[] | undefined> => {
  const pieces: Piece[] = [];
  for (;;) {
    const { done, value } = split.next();
    if (done === true) return value ? pieces : undefined;
    if (value === undefined) await turns.next();
    else if (pieces.length === most) throw tooMany(most);
    else pieces.push(value);
  }
};

const tooMany = (most: number): HttpError =>
  new HttpError(
    "EVENTS_TOO_MANY",
    `The body has more than ${most} events (limits.requestEvents). Nothing was saved: send fewer at a time.`,
  );

/** The elements of the list that begins at `start`. */
function* elements(body: Buffer, start: number): Split {
  let line = 1;
  let from = afterBlanks(body, start + 1);
  if (body[from] === END_OF_LIST) return afterBlanks(body, from + 1) === body.length;
  for (;;) {
    const end = yield* valueEnd(body, from);
    if (end === undefined || end === from) return false;
    yield { line, start: from, end };
    const next = afterBlanks(body, end);
    if (body[next] !== COMMA) return body[next] === END_OF_LIST && afterBlanks(body, next + 1) === body.length;
    from = afterBlanks(body, next + 1);
    line += 1;
  }
}

/** One value that is the whole body. */
function* single(body: Buffer, start: number): Split {
  const end = yield* valueEnd(body, start);
  if (end === undefined || afterBlanks(body, end) !== body.length) return false;
  yield { line: 1, start, end };
  return true;
}

/** Values one after the other. Their line is their position. */
function* sideBySide(body: Buffer, start: number): Split {
  let at = start;
  for (let line = 1; at < body.length; line += 1) {
    const end = yield* valueEnd(body, at);
    // Nothing moves on at a bracket that closes nothing.
    if (end === undefined || end === at) return false;
    yield { line, start: at, end };
    at = afterBlanks(body, end);
  }
  return true;
}

/** Every line that is not blank. */
function* lines(body: Buffer, begin: number): Split {
  let pause = begin + PAUSE_BYTES;
  let line = 1;
  let from = begin;
  while (from < body.length) {
    const newline = body.indexOf(NEWLINE, from);
    const end = newline === -1 ? body.length : newline;
    const first = afterBlanks(body.subarray(0, end), from);
    if (first < end) yield { line, start: first, end };
    from = end + 1;
    line += 1;
    if (from > pause) {
      pause = from + PAUSE_BYTES;
      yield undefined;
    }
  }
  return true;
}

/** Where the value that begins at `from` ends, by its brackets and quotes; undefined when the body ends before it does. */
function* valueEnd(body: Buffer, from: number): Generator<undefined, number | undefined> {
  let pause = from + PAUSE_BYTES;
  let depth = 0;
  let at = from;
  while (at < body.length) {
    const byte = body[at] ?? 0;
    if (byte === QUOTE) {
      at = afterText(body, at);
      if (depth === 0) return at > body.length ? undefined : at;
    } else if (OPEN.has(byte)) {
      depth += 1;
      at += 1;
    } else if (CLOSE.has(byte)) {
      if (depth === 0) return at;
      depth -= 1;
      at += 1;
      if (depth === 0) return at;
    } else if (depth === 0 && (byte === COMMA || isBlank(byte))) return at;
    else at += 1;
    if (at > pause) {
      pause = at + PAUSE_BYTES;
      yield undefined;
    }
  }
  return depth === 0 ? at : undefined;
}

/** Where the text whose quote is at `at` has ended; beyond the end of the body when it never does. */
const afterText = (body: Buffer, at: number): number => {
  for (let index = at + 1; index < body.length; index += 1) {
    const byte = body[index];
    if (byte === BACKSLASH) index += 1;
    else if (byte === QUOTE) return index + 1;
  }
  return body.length + 1;
};

const isBlank = (byte: number): boolean => byte === 0x20 || byte === NEWLINE || byte === 0x0d || byte === 0x09;

const afterBlanks = (body: Buffer, from: number): number => {
  let at = from;
  while (at < body.length && isBlank(body[at] ?? 0)) at += 1;
  return at;
};
