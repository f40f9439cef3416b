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
}

/** Why an event that is nested too deeply is refused. */
export const TOO_DEEP = `it is nested deeper than ${MAX_DEPTH} levels`;

/** Looks at the shape of an event in one pass; of its values only the length of texts is looked at. */
export const checkShape = (event: Readonly<Record<string, unknown>>): ShapeProblems => {
  const unfit: string[][] = [];
  const long: string[][] = [];
  const path: string[] = [];
  let isTooDeep = false;
  const visit = (value: object, length: number, depth: number): void => {
    if (depth > MAX_DEPTH) {
      isTooDeep = true;
      return;
    }
    if (Array.isArray(value)) {
      for (const item of value as readonly unknown[])
        if (typeof item === "object" && item !== null) visit(item, length, depth + 1);
        else if (isLong(item) && long.at(-1)?.join() !== path.join()) long.push([...path]);
      return;
    }
    for (const key of Object.keys(value)) {
      const total = length + key.length + 1;
      path.push(key);
      if (total > LONGEST_NAME || key.trim() === "") unfit.push([...path]);
      else {
        const inner = (value as Readonly<Record<string, unknown>>)[key];
        if (typeof inner === "object" && inner !== null) visit(inner, total, depth + 1);
        else if (isLong(inner)) long.push([...path]);
      }
      path.pop();
      if (isTooDeep) return;
    }
  };
  visit(event, 0, 1);
  return { isTooDeep, unfit, long };
};

const isLong = (value: unknown): boolean => typeof value === "string" && value.length > LONGEST_KEYWORD;
