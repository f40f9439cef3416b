import { ValueError } from "../errors/value-error.ts";
import { writeDouble } from "../json/write-json.ts";
import { parseJavaDouble } from "./java-number.ts";

/** A point as well-known text has it. */
export interface TextPoint {
  readonly lon: number;
  readonly lat: number;
  readonly height: number | undefined;
}

/** Words and signs of a text; anything else than letters, digits and signs of numbers stands between them. */
const TOKEN = /[A-Za-z0-9.+\-_]+|[(),]|[^\s]/g;

const END = "END-OF-STREAM";

/**
 * Reads `POINT (lon lat)`, also with a height; undefined for an empty point.
 *
 * @throws {ValueError} when it is none, or outside the globe.
 */
export const readTextPoint = (text: string, wraps: boolean): TextPoint | undefined => {
  try {
    return new PointReader(text, wraps).point();
  } catch (error) {
    if (!(error instanceof ValueError)) throw error;
    const { type, reason } = error;
    throw new ValueError("Invalid WKT format", "parse_exception", { type, reason, foreign: true });
  }
};

class PointReader {
  readonly #tokens: readonly string[];
  readonly #wraps: boolean;
  #next = 1;

  constructor(text: string, wraps: boolean) {
    this.#tokens = text.match(TOKEN) ?? [];
    this.#wraps = wraps;
  }

  point(): TextPoint | undefined {
    if (this.#tokens[0]?.toUpperCase() !== "POINT")
      throw new ValueError(`Unknown geometry type: ${(this.#tokens[0] ?? END).toLowerCase()}`);
    const first = this.#take("word");
    if (first.toUpperCase() === "EMPTY") return undefined;
    if (first !== "(") throw expected("EMPTY or (", first);
    const [lon, lat] = [this.#number(), this.#number()];
    const height = this.#tokens[this.#next] === ")" ? undefined : this.#heightOrEnd();
    if (!this.#wraps) checkGlobe(lon, lat);
    return { lon, lat, height };
  }

  #heightOrEnd(): number {
    const height = this.#number("word");
    const end = this.#take("word");
    if (end !== ")") throw expected(")", end);
    return height;
  }

  #take(what: string): string {
    const token = this.#tokens[this.#next++];
    if (token === undefined) throw expected(what, END);
    return token;
  }

  #number(what = "number"): number {
    const token = this.#take(what);
    if (/^[(),]$/.test(token)) throw expected("number", `'${token}'`);
    const number = parseJavaDouble(token);
    if (number === undefined) throw new ValueError(`invalid number found: ${token}`, "parse_exception");
    return number;
  }
}

const expected = (what: string, found: string): ValueError =>
  new ValueError(`expected ${what} but found: ${found}`, "parse_exception");

const checkGlobe = (lon: number, lat: number): void => {
  if (!(Math.abs(lat) <= 90))
    throw new ValueError(`invalid latitude ${writeDouble(lat)}; must be between -90.0 and 90.0`);
  if (!(Math.abs(lon) <= 180))
    throw new ValueError(`invalid longitude ${writeDouble(lon)}; must be between -180.0 and 180.0`);
};
