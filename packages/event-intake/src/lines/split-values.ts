/** A line of a log, or a JSON object in it that is not a line of its own, and the line on which it begins, counted from 1. */
export interface Piece {
  readonly text: string;
  readonly line: number;
}

/** Begins an object of JSON, or a list of some. */
const MAY_BE_VALUE = /[\t \r]*(?:\{\s*["}]|\[\s*\{)/y;

/** One object on a line, or what is no JSON at all. */
const ONE_OBJECT = /^[\t \r]*\{.*\}[\t \r]*$/;

const NEXT_OBJECT = /\}[\t \r]*\{/;

/**
 * Splits a text into its lines; where JSON objects are not one a line (written over several lines, side by side on one, in a list)
 * into those. What is not JSON to its end stays lines. Takes time in proportion to the length of the text.
 */
export const splitValues = (text: string): readonly Piece[] => {
  const pieces: Piece[] = [];
  let line = 1;
  // Up to there it has been looked for the end of an object that goes over lines, and there is none.
  let reached = 0;
  for (let at = text.startsWith("\uFEFF") ? 1 : 0; at < text.length;) {
    const next = lineEnd(text, at);
    const run = isPlain(text, at, next) ? null : readRun(text, at, at < reached ? next : text.length);
    if (run !== null) reached = Math.max(reached, run.reached);
    const spans = run?.spans ?? [[at, next]];
    let counted = at;
    for (const [start, end] of spans) {
      line += linesIn(text, counted, start);
      counted = start;
      pieces.push({ text: text.slice(start, end), line });
    }
    const end = run?.spans === undefined ? next : run.reached;
    line += linesIn(text, counted, end) + 1;
    at = end + 1;
  }
  return pieces;
};

const lineEnd = (text: string, from: number): number => {
  const end = text.indexOf("\n", from);
  return end === -1 ? text.length : end;
};

/** Nothing but a line: no JSON, or one object. */
const isPlain = (text: string, from: number, to: number): boolean => {
  MAY_BE_VALUE.lastIndex = from;
  if (!MAY_BE_VALUE.test(text)) return true;
  const line = text.slice(from, to);
  return ONE_OBJECT.test(line) && !NEXT_OBJECT.test(line);
};

/** Objects from a place until the end of a line, and that end; without objects it was no JSON, and until where it was looked. */
interface Run {
  readonly spans?: readonly (readonly [start: number, end: number])[];
  readonly reached: number;
}

const readRun = (text: string, from: number, limit: number): Run => {
  const spans: (readonly [number, number])[] = [];
  const start = skip(text, from, limit, " \t\r");
  const isList = text[start] === "[";
  let isOpen = isList;
  let at = isList ? start + 1 : start;
  for (;;) {
    // Within a list commas and line ends stand between objects, on a line blanks.
    at = skip(text, at, limit, isOpen ? " \t\r\n," : " \t\r");
    if (!isOpen && (at >= limit || text[at] === "\n")) return { spans, reached: at };
    if (isOpen && text[at] === "]") {
      isOpen = false;
      at += 1;
      continue;
    }
    if (text[at] !== "{" || at >= limit || (isList && !isOpen)) return { reached: at };
    const { end, isClosed } = objectEnd(text, at, limit);
    if (!isClosed || !isJson(text.slice(at, end))) return { reached: end };
    spans.push([at, end]);
    at = end;
  }
};

const skip = (text: string, from: number, limit: number, blanks: string): number => {
  let at = from;
  while (at < limit && blanks.includes(text[at] ?? "")) at += 1;
  return at;
};

const SIGN = /["\\\n{}[\]]/g;

/** Behind the bracket that closes the one at a place; not closed when the text ends before, or a string goes over its line. */
const objectEnd = (text: string, from: number, limit: number): { readonly end: number; readonly isClosed: boolean } => {
  let depth = 0;
  let isString = false;
  SIGN.lastIndex = from;
  for (let found = SIGN.exec(text); found !== null && found.index < limit; found = SIGN.exec(text)) {
    const [sign] = found;
    if (sign === '"') isString = !isString;
    else if (isString && sign === "\n") return { end: found.index, isClosed: false };
    else if (isString && sign === "\\") SIGN.lastIndex = found.index + 2;
    else if (!isString && (sign === "{" || sign === "[")) depth += 1;
    else if (!isString && (sign === "}" || sign === "]")) depth -= 1;
    if (depth === 0) return { end: found.index + 1, isClosed: true };
  }
  return { end: limit, isClosed: false };
};

const isJson = (text: string): boolean => {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
};

const linesIn = (text: string, from: number, to: number): number => {
  const part = text.slice(from, to);
  let count = 0;
  for (let at = part.indexOf("\n"); at !== -1; at = part.indexOf("\n", at + 1)) count += 1;
  return count;
};
