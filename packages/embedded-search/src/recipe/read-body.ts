import {
  type ErrorCause,
  illegalArgument,
  parsingError,
  placed,
  PLACE_MARK,
  VALUE_MARK,
  ApiError,
  unsupported,
} from "../errors/api-error.ts";
import {
  isObject,
  isScalar,
  type Json,
  type JsonObject,
  numberOf,
  type Scalar,
  showJson,
  tokenOf,
} from "../json/json.ts";
import { didYouMean } from "../text/did-you-mean.ts";
import { javaText } from "../values/java-number.ts";

/** Words the error about an option of a wrong type of JSON. */
export type LeafWords = (name: string, key: string, token: string) => ApiError;

/** As Elasticsearch's newer parsers do, which aggregations have. */
export const BY_PARSER: LeafWords = (name, key, token) =>
  xContentError(`[${PLACE_MARK}] [${name}] ${key} doesn't support values of type: ${token}`);

/** As queries do that look at each token. */
export const BY_TOKEN: LeafWords = (name, key, token) =>
  parsingError(`[${name}] unknown token [${token}] after [${key}]`);

/** Reads options of a query: takes each known key once and refuses the rest. */
export class BodyReader {
  readonly #name: string;
  readonly #body: JsonObject;
  readonly #words: LeafWords | undefined;
  readonly #taken = new Set<string>();
  /** What was thrown of an option of a wrong type: it is not worded again. */
  #wrongType: ApiError | undefined;

  /**
   * @param name - The query or aggregation, for messages.
   * @param words - What is said of an option that is null, a list or an object where a text or number belongs.
   */
  constructor(name: string, body: JsonObject, words?: LeafWords) {
    this.#name = name;
    this.#body = body;
    this.#words = words;
  }

  take(key: string): Json | undefined {
    this.#taken.add(key);
    return Object.hasOwn(this.#body, key) ? this.#body[key] : undefined;
  }

  /** Keys that Elasticsearch knows but that have no effect here. */
  skip(...keys: readonly string[]): void {
    for (const key of keys) this.#taken.add(key);
  }

  /** Keys that Elasticsearch knows but this store does not support. */
  refuse(...keys: readonly string[]): void {
    for (const key of keys) if (Object.hasOwn(this.#body, key)) throw unsupported(`[${this.#name}] option [${key}]`);
  }

  /** The first key that nobody took. */
  unknown(): string | undefined {
    return Object.keys(this.#body).find((key) => !this.#taken.has(key));
  }

  /** @throws {ApiError} 400 naming the first key that nobody took. */
  end(): void {
    const unknown = this.unknown();
    if (unknown === undefined) return;
    throw placed(parsingError(`[${this.#name}] query does not support [${unknown}]`), this.#body, unknown);
  }

  /** As {@link BodyReader.end}, in the words of Elasticsearch's newer parsers. */
  endStrict(): void {
    const unknown = this.unknown();
    if (unknown === undefined) return;
    const reason = `[${PLACE_MARK}] [${this.#name}] unknown field [${unknown}]${didYouMean(unknown, this.#taken, 0.5)}`;
    const error = xContentError(reason);
    // Elasticsearch has gone on to the value by then, although it complains about the key.
    error.at = { holder: this.#body, key: unknown, atKey: true, outerAtValue: true };
    throw error;
  }

  /** Reads one key with a function; its errors are wrapped as errors of that key. */
  within<T>(key: string, read: () => T): T {
    try {
      return read();
    } catch (error) {
      if (!(error instanceof ApiError) || error.status >= 500 || error === this.#wrongType) throw error;
      const mark = error.at?.outerAtValue === true ? VALUE_MARK : PLACE_MARK;
      const wrapped = xContentError(`[${mark}] [${this.#name}] failed to parse field [${key}]`, error);
      wrapped.at = error.at ?? { holder: this.#body, key };
      throw wrapped;
    }
  }

  /** An option that has another type of JSON than it may have. */
  wrongType(key: string, value: Json): ApiError {
    const error = placed((this.#words ?? BY_PARSER)(this.#name, key, tokenOf(value)), this.#body, key);
    this.#wrongType = error;
    return error;
  }

  /** As {@link BodyReader.take}, for a text, number or boolean. */
  leaf(key: string): Json | undefined {
    const value = this.take(key);
    if (value === undefined || isScalar(value) || !this.#words) return value;
    throw this.wrongType(key, value);
  }

  text(key: string): string | undefined {
    const value = this.leaf(key);
    if (value == null) return undefined;
    if (isScalar(value)) return String(value);
    throw placed(parsingError(`[${this.#name}] [${key}] must be a text, got [${showJson(value)}]`), this.#body, key);
  }

  /** As {@link BodyReader.text}; numbers are written as Java writes them. */
  javaText(key: string): string | undefined {
    const value = this.take(key);
    return isScalar(value) ? javaText(value) : this.text(key);
  }

  flag(key: string, preset: boolean): boolean {
    const value = this.leaf(key);
    if (value === undefined) return preset;
    if (value === true || value === "true") return true;
    if (value === false || value === "false") return false;
    throw illegalArgument(`Failed to parse value [${showJson(value)}] as only [true] or [false] are allowed.`);
  }

  number(key: string, preset: number): number {
    const value = this.leaf(key);
    return value === undefined ? preset : toNumber(value);
  }

  /** A whole number; decimals are truncated, as in Elasticsearch's parser. */
  integer(key: string, preset: number): number {
    return Math.trunc(this.number(key, preset));
  }

  boost(): number {
    const boost = this.number("boost", 1);
    if (boost < 0)
      throw illegalArgument(
        `negative [boost] are not allowed in [${this.#name}], use a value between 0 and 1 to deboost`,
      );
    return boost;
  }
}

/** The type of error of Elasticsearch's newer parsers. */
export const xContentError = (reason: string, causedBy?: ErrorCause): ApiError =>
  new ApiError(400, { type: "x_content_parse_exception", reason, causedBy });

/** @throws {ApiError} 400 when the leaf is not a number. */
export const toNumber = (value: Json): number => {
  const number = numberOf(value) ?? (typeof value === "string" && value.trim() !== "" ? Number(value) : Number.NaN);
  if (Number.isNaN(number)) throw numberFormat(showJson(value));
  return number;
};

const numberFormat = (text: string): Error =>
  new ApiError(400, { type: "number_format_exception", reason: `For input string: "${text}"` });

/** The one `field: value` of a field query, e.g. of `{"term": {"user": "bob"}}`. */
export const onlyField = (name: string, body: Json): readonly [field: string, value: Json] => {
  if (!isObject(body)) throw parsingError(`[${name}] query malformed, no start_object after query name`);
  new BodyReader(name, body).refuse("_name");
  const [first, second] = Object.entries(body).filter(([key]) => key !== "boost");
  if (first === undefined) throw placed(illegalArgument("field name is null or empty"), body);
  if (second === undefined) return first;
  throw placed(
    parsingError(`[${name}] query doesn't support multiple fields, found [${first[0]}] and [${second[0]}]`),
    body,
    second[0],
  );
};

/** The value of a field query in its short or long form. */
export const shortForm = (value: Json, key: string): JsonObject => (isObject(value) ? value : { [key]: value });

export const needScalar = (value: Json | undefined, message: string, holder: object, key: string | number): Scalar => {
  if (isScalar(value)) return value;
  throw placed(parsingError(message), holder, key);
};
