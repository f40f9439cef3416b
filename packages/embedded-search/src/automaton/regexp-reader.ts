import { AutomatonError } from "./automaton-error.ts";

const MAX_INTEGER = 0x7fffffff;

/** The place in a pattern where the parser reads. */
export class RegexpReader {
  readonly #text: string;
  position = 0;

  constructor(text: string) {
    this.#text = text;
  }

  atEnd(): boolean {
    return this.position >= this.#text.length;
  }

  /** Is the next character one of these ASCII characters? */
  sees(characters: string): boolean {
    return !this.atEnd() && characters.includes(this.#text.charAt(this.position));
  }

  /** Takes the next character if it is this one. */
  takes(character: string): boolean {
    if (!this.sees(character)) return false;
    this.position++;
    return true;
  }

  /** Takes one code point. */
  next(): number {
    const codePoint = this.#text.codePointAt(this.position);
    if (codePoint === undefined) throw regexpError("unexpected end-of-string");
    this.position += codePoint > 0xffff ? 2 : 1;
    return codePoint;
  }

  expect(character: string): void {
    if (!this.takes(character)) throw regexpError(`expected '${character}' at position ${this.position}`);
  }

  /** Takes text up to a character, and that character too. */
  until(character: string): string {
    const start = this.position;
    while (!this.atEnd() && !this.sees(character)) this.next();
    this.expect(character);
    return this.#text.slice(start, this.position - 1);
  }

  /** Takes a run of digits; undefined when there is none. */
  integer(): number | undefined {
    const start = this.position;
    while (this.sees("0123456789")) this.position++;
    const digits = this.#text.slice(start, this.position);
    if (digits === "") return undefined;
    const value = Number(digits);
    if (value > MAX_INTEGER) throw new AutomatonError("REGEXP_NUMBER", `For input string: "${digits}"`);
    return value;
  }
}

/** The error for a pattern that is not a regular expression. */
export const regexpError = (reason: string, causedBy?: AutomatonError["causedBy"]): AutomatonError =>
  new AutomatonError("REGEXP_SYNTAX", reason, causedBy);
