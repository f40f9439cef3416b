import { LONGEST_KEYWORD } from "../schema/field-mappings.ts";

/** Levels of objects and lists that an event may have. */
const MAX_DEPTH = 20;

/** Longest name of a field, with all names above it, in characters. Each name is kept in the mapping for as long as the index. */
const LONGEST_NAME = 512;

/** What is wrong with the shape of an event. */
export interface ShapeProblems {
  readonly isTooDeep: boolean;
  /** Paths of texts, or of lists with texts, that are longer than what is found of them. */
  readonly long: readonly (readonly string[])[];
  /** Paths of values that cannot be fields, each as the keys that lead there. */
  readonly unfit: readonly (readonly string[])[];
  /** How many characters its values and their names have together, about. */
  readonly characters: number;
}

/** Why an event that is nested too deeply is refused. */
export const TOO_DEEP = `it is nested deeper than ${MAX_DEPTH} levels`;

/** Looks at the shape of an event in one pass; of its values only the length of texts is looked at. */
export const checkShape = (event: Readonly<Record<string, unknown>>): ShapeProblems => {
  const check = new ShapeCheck();
  check.object(event, 0, 1);
  return check;
};

/** What a value takes that is not a text, with the signs around it. */
const FEW_CHARACTERS = 8;

class ShapeCheck implements ShapeProblems {
  isTooDeep = false;
  readonly unfit: string[][] = [];
  readonly long: string[][] = [];
  characters = 0;
  /** Keys that lead to what is looked at. */
  readonly #path: string[] = [];

  object(value: object, length: number, depth: number): void {
    if (depth > MAX_DEPTH) this.isTooDeep = true;
    else if (Array.isArray(value)) for (const item of value as readonly unknown[]) this.#item(item, length, depth);
    else for (const key of Object.keys(value)) this.#entry(value as Entries, key, length, depth);
  }

  #item(item: unknown, length: number, depth: number): void {
    if (typeof item === "object" && item !== null) this.object(item, length, depth + 1);
    else if (this.#isLong(item) && this.long.at(-1)?.join() !== this.#path.join()) this.long.push([...this.#path]);
  }

  #entry(entries: Entries, key: string, length: number, depth: number): void {
    if (this.isTooDeep) return;
    const total = length + key.length + 1;
    const value = entries[key];
    this.characters += key.length;
    if (total > LONGEST_NAME || isBlank(key)) {
      this.#measure(value);
      this.unfit.push([...this.#path, key]);
    } else if (typeof value === "object" && value !== null) {
      this.#path.push(key);
      this.object(value, total, depth + 1);
      this.#path.pop();
    } else if (this.#isLong(value)) this.long.push([...this.#path, key]);
  }

  #isLong(value: unknown): boolean {
    const length = typeof value === "string" ? value.length : 0;
    this.characters += length + FEW_CHARACTERS;
    return length > LONGEST_KEYWORD;
  }

  /** What is not looked at is sent all the same. */
  #measure(value: unknown): void {
    const text: unknown = JSON.stringify(value);
    if (typeof text === "string") this.characters += text.length;
  }
}

type Entries = Readonly<Record<string, unknown>>;

/** Most names begin with a letter: that is seen at once. */
const isBlank = (key: string): boolean => {
  const first = key.charCodeAt(0);
  return !(first > 0x20 && first < 0x7f) && key.trim() === "";
};
