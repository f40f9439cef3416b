import { MAX_CODE_POINT } from "./automaton.ts";
import {
  characterRanges,
  NAMED_ESCAPES,
  readCharacter,
  readCharacterClass,
  readNamedEscape,
} from "./character-class.ts";
import type { RegexpFlags } from "./regexp-flags.ts";
import type { RegexpNode } from "./regexp-node.ts";
import { regexpError, RegexpReader } from "./regexp-reader.ts";

const MAX_INTEGER = 0x7fffffff;
const emptyText: RegexpNode = { kind: "concatenation", parts: [] };

/** Recursive descent over Lucene's syntax: union, intersection, concatenation, repetition, complement, class, simple. */
class RegexpParser {
  readonly #reader: RegexpReader;
  readonly #flags: RegexpFlags;
  readonly #ignoreCase: boolean;

  constructor(pattern: string, flags: RegexpFlags, ignoreCase: boolean) {
    this.#reader = new RegexpReader(pattern);
    this.#flags = flags;
    this.#ignoreCase = ignoreCase;
  }

  parse(): RegexpNode {
    if (this.#reader.atEnd()) return emptyText;
    const node = this.#union();
    if (!this.#reader.atEnd()) throw regexpError(`end-of-string expected at position ${this.#reader.position}`);
    return node;
  }

  #union(): RegexpNode {
    const parts = [this.#intersection()];
    while (this.#reader.takes("|")) parts.push(this.#intersection());
    return parts.length === 1 && parts[0] ? parts[0] : { kind: "union", parts };
  }

  #intersection(): RegexpNode {
    let left = this.#concatenation();
    while (this.#flags.intersection && this.#reader.takes("&"))
      left = { kind: "intersection", left, right: this.#concatenation() };
    return left;
  }

  #concatenation(): RegexpNode {
    const parts = [this.#repetition()];
    const ends = this.#flags.intersection ? ")|&" : ")|";
    while (!this.#reader.atEnd() && !this.#reader.sees(ends)) parts.push(this.#repetition());
    return parts.length === 1 && parts[0] ? parts[0] : { kind: "concatenation", parts };
  }

  #repetition(): RegexpNode {
    let part = this.#complement();
    for (;;)
      if (this.#reader.takes("?")) part = { kind: "repeat", part, min: 0, max: 1 };
      else if (this.#reader.takes("*")) part = { kind: "repeat", part, min: 0, max: Infinity };
      else if (this.#reader.takes("+")) part = { kind: "repeat", part, min: 1, max: Infinity };
      else if (this.#reader.takes("{")) part = { kind: "repeat", part, ...this.#bounds() };
      else return part;
  }

  #bounds(): { min: number; max: number } {
    const min = this.#reader.integer();
    if (min === undefined) throw regexpError(`integer expected at position ${this.#reader.position}`);
    const max = this.#reader.takes(",") ? (this.#reader.integer() ?? Infinity) : min;
    this.#reader.expect("}");
    if (min > max) throw regexpError(`invalid repetition range(out of order): ${min}..${max}`);
    return { min, max };
  }

  #complement(): RegexpNode {
    if (this.#flags.complement && this.#reader.takes("~")) return { kind: "complement", part: this.#complement() };
    if (this.#reader.takes("[")) return { kind: "set", ranges: readCharacterClass(this.#reader, this.#ignoreCase) };
    return this.#simple();
  }

  #simple(): RegexpNode {
    const reader = this.#reader;
    if (reader.takes(".")) return { kind: "set", ranges: [[0, MAX_CODE_POINT]] };
    if (this.#flags.empty && reader.takes("#")) return { kind: "nothing" };
    if (this.#flags.anyString && reader.takes("@")) return { kind: "anything" };
    if (reader.takes('"')) return this.#text(reader.until('"'));
    if (reader.takes("(")) return this.#group();
    if ((this.#flags.named || this.#flags.interval) && reader.takes("<")) return this.#interval();
    if (!reader.takes("\\")) return this.#character(reader.next());
    if (reader.sees(NAMED_ESCAPES)) return { kind: "set", ranges: readNamedEscape(reader) };
    return this.#character(readCharacter(reader));
  }

  #group(): RegexpNode {
    if (this.#reader.takes(")")) return emptyText;
    const node = this.#union();
    this.#reader.expect(")");
    return node;
  }

  #character(codePoint: number): RegexpNode {
    return { kind: "set", ranges: characterRanges(codePoint, this.#ignoreCase) };
  }

  #text(text: string): RegexpNode {
    return { kind: "concatenation", parts: Array.from(text, (c) => this.#character(c.codePointAt(0) ?? 0)) };
  }

  #interval(): RegexpNode {
    const text = this.#reader.until(">");
    const end = this.#reader.position - 1;
    if (!text.includes("-")) {
      if (!this.#flags.named) throw regexpError(`interval syntax error at position ${end}`);
      return { kind: "named", name: text };
    }
    if (!this.#flags.interval) throw regexpError(`illegal identifier at position ${end}`);
    const [low, high] = intervalEnds(text, end);
    const [min, max] = [Math.min(Number(low), Number(high)), Math.max(Number(low), Number(high))];
    return { kind: "interval", min, max, digits: low.length === high.length ? low.length : 0 };
  }
}

/** The two numbers of `1-9`, as texts. */
const intervalEnds = (text: string, position: number): [string, string] => {
  const fail = (reason: string | null): never => {
    throw regexpError(`interval syntax error at position ${position}`, { type: "number_format_exception", reason });
  };
  const [low = "", high = "", ...more] = text.split("-");
  if (low === "" || high === "" || more.length > 0) fail(null);
  for (const end of [low, high])
    if (!/^\+?\d+$/.test(end) || Number(end) > MAX_INTEGER) fail(`For input string: "${end}"`);
  return [low, high];
};

/**
 * Parses a regular expression of Lucene's dialect.
 *
 * @throws {AutomatonError} `REGEXP_SYNTAX` with the reason Elasticsearch gives.
 */
export const parseRegexp = (pattern: string, flags: RegexpFlags, ignoreCase: boolean): RegexpNode =>
  new RegexpParser(pattern, flags, ignoreCase).parse();
