import { preview, QueryError } from "./query-error.ts";

/** As `index.max_regex_length` of Elasticsearch and OpenSearch. */
const LONGEST_REGEXP = 1_000;

/**
 * A regular expression of Lucene's dialect, as Elasticsearch and OpenSearch read it by default, less `~`, which they read differently. It is
 * only read here, never run: reading takes one pass.
 *
 * @throws {QueryError} `QUERY_REGEXP_INVALID`.
 */
export const checkRegexp = (pattern: string): string => {
  if (pattern.length > LONGEST_REGEXP)
    throw invalid(`at most ${LONGEST_REGEXP.toLocaleString("en")} characters, this has ${pattern.length}`, pattern);
  const reader = new Reader(pattern);
  union(reader);
  if (!reader.atEnd()) throw reader.expected("no further ')'");
  return pattern;
};

const invalid = (expected: string, pattern: string): QueryError =>
  new QueryError(
    "QUERY_REGEXP_INVALID",
    `RegexpMatch needs a regular expression in Lucene's syntax: ${expected}. Received: ${preview(pattern)}.`,
  );

/** The place in a pattern that is read next. */
class Reader {
  readonly #pattern: string;
  #at = 0;

  constructor(pattern: string) {
    this.#pattern = pattern;
  }

  atEnd(): boolean {
    return this.#at >= this.#pattern.length;
  }

  sees(characters: string): boolean {
    return !this.atEnd() && characters.includes(this.#pattern.charAt(this.#at));
  }

  takes(characters: string): boolean {
    if (!this.sees(characters)) return false;
    this.#at++;
    return true;
  }

  /** One character, also one of two code units. */
  next(): number {
    const code = this.#pattern.codePointAt(this.#at);
    if (code === undefined) throw this.expected("a character");
    this.#at += code > 0xffff ? 2 : 1;
    return code;
  }

  /** Text up to a character, which is taken as well. */
  until(character: string): string {
    const end = this.#pattern.indexOf(character, this.#at);
    if (end === -1) throw this.expected(`a closing '${character}'`);
    const text = this.#pattern.slice(this.#at, end);
    this.#at = end + 1;
    return text;
  }

  expect(character: string): void {
    if (!this.takes(character)) throw this.expected(`'${character}'`);
  }

  digits(): string {
    const start = this.#at;
    while (this.sees("0123456789")) this.#at++;
    return this.#pattern.slice(start, this.#at);
  }

  expected(what: string): QueryError {
    return invalid(`${what} expected at position ${this.#at}`, this.#pattern);
  }
}

/** Alternatives of `|` and `&`; what stands between them is a list of repeated parts, none of which is empty. */
const union = (reader: Reader): void => {
  do
    do repeated(reader);
    while (!reader.atEnd() && !reader.sees(")|&"));
  while (reader.takes("|&"));
};

const repeated = (reader: Reader): void => {
  // Elasticsearch takes it for "anything but", OpenSearch 3 for itself, and Lucene has given it up.
  if (reader.sees("~")) throw reader.expected("\\~ (for what must not match there is mustNot)");
  part(reader);
  while (reader.sees("?*+{")) if (!reader.takes("?*+")) bounds(reader);
};

/** The largest whole number of Java, which reads these. */
const LARGEST = 0x7fff_ffff;

const number = (reader: Reader): number | null => {
  const digits = reader.digits();
  if (Number(digits) > LARGEST) throw reader.expected("a smaller number");
  return digits === "" ? null : Number(digits);
};

/** `{2}`, `{2,}`, `{2,5}` */
const bounds = (reader: Reader): void => {
  reader.expect("{");
  const least = number(reader);
  if (least === null) throw reader.expected("a number");
  const most = reader.takes(",") ? (number(reader) ?? Infinity) : least;
  reader.expect("}");
  if (least > most) throw reader.expected("a repetition from the smaller to the larger number");
};

const part = (reader: Reader): void => {
  if (reader.takes("[")) characterClass(reader);
  else if (reader.takes('"')) reader.until('"');
  else if (reader.takes("<")) interval(reader);
  else if (reader.takes("(")) group(reader);
  else if (reader.takes("\\")) escaped(reader);
  else reader.next();
};

const group = (reader: Reader): void => {
  if (reader.takes(")")) return;
  union(reader);
  reader.expect(")");
};

/** Letters after a backslash are sets of characters, or nothing. */
const escaped = (reader: Reader): void => {
  const character = String.fromCodePoint(reader.next());
  if (/[a-z]/i.test(character) && !"dDsSwW".includes(character))
    throw reader.expected(`one of \\d \\D \\s \\S \\w \\W instead of \\${character}`);
};

/** `<1-99>`: the numbers from one to the other. */
const interval = (reader: Reader): void => {
  const [low = "", high = "", ...more] = reader.until(">").split("-");
  const ends = [low, high];
  if (more.length > 0 || ends.some((end) => !/^\+?\d+$/.test(end) || Number(end) > LARGEST))
    throw reader.expected("an interval of numbers such as <1-99> (escape a '<' that stands for itself)");
};

const characterClass = (reader: Reader): void => {
  reader.takes("^");
  do classItem(reader);
  while (!reader.atEnd() && !reader.sees("]"));
  reader.expect("]");
};

const classItem = (reader: Reader): void => {
  if (reader.takes("\\")) {
    escaped(reader);
    return;
  }
  const from = reader.next();
  if (!reader.takes("-")) return;
  reader.takes("\\");
  if (reader.next() < from) throw reader.expected("a range from the smaller to the larger character");
};
