import { createHash } from "node:crypto";
import { isPlainObject } from "../build/merge.ts";
import { isMoment } from "../build/moments.ts";
import type { PreparedCase } from "./prepared-suite.ts";
import type { Refuse } from "./refuse.ts";

/** Refuses two cases of one name, and two with the same data under different names: one of them tests nothing. */
export const checkDistinct = (cases: readonly PreparedCase[], refuse: Refuse): void => {
  const names = new Set<string>();
  const byData = new Map<string, string>();
  for (const testCase of cases) {
    if (names.has(testCase.name))
      throw refuse(`two cases are named "${testCase.name}". Say what is special about each.`);
    names.add(testCase.name);
    const data = dataOf(testCase);
    const twin = byData.get(data);
    if (twin !== undefined)
      throw refuse(`the cases "${twin}" and "${testCase.name}" have equal data. Change one, or take it out.`);
    byData.set(data, testCase.name);
  }
};

/** Everything that can make two cases behave differently. Functions count by identity. */
const dataOf = ({ runs, config, setup, reverseDns, plugins, delivery, replies }: PreparedCase): string => {
  const inputs = runs.map(({ offsetMs, events, acknowledges, closes }) => ({ offsetMs, events, acknowledges, closes }));
  const text = canonical({ inputs, config, setup, reverseDns, plugins, delivery: delivery?.said, replies });
  return createHash("sha256").update(text).digest("base64");
};

const ids = new WeakMap<object, number>();
let lastId = 0;

const identityOf = (value: object): number => {
  const known = ids.get(value);
  if (known !== undefined) return known;
  ids.set(value, ++lastId);
  return lastId;
};

/** JSON with sorted keys, in which what JSON cannot express still differs. */
const canonical = (value: unknown): string => {
  if (value === undefined) return "absent";
  if (isMoment(value)) return `${value.from}+${value.offsetMs}`;
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  if (isPlainObject(value))
    return `{${Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, inner]) => `${JSON.stringify(key)}:${canonical(inner)}`)
      .join(",")}}`;
  if (typeof value === "object" && value !== null) return `#${identityOf(value)}`;
  return typeof value === "function" ? `#${identityOf(value)}` : JSON.stringify(value);
};
