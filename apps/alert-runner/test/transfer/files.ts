import { readFileSync } from "node:fs";
import { isDeepStrictEqual } from "node:util";
import { gunzipSync } from "node:zlib";

interface Line {
  readonly index?: string;
  readonly id?: string;
  readonly source?: Readonly<Record<string, unknown>>;
}

/** The documents of an export, by index and id; twice the same is an error. */
export const documentsIn = (file: string): ReadonlyMap<string, Line> => {
  const documents = new Map<string, Line>();
  for (const text of gunzipSync(readFileSync(file)).toString().trimEnd().split("\n")) {
    const line = JSON.parse(text) as Line;
    if (line.index === undefined) continue;
    const key = `${line.index}/${line.id ?? ""}`;
    if (documents.has(key)) throw new Error(`${file} has ${key} twice.`);
    documents.set(key, line);
  }
  return documents;
};

/** What differs between two exports, in words; nothing when they have the same documents. */
export const differences = (before: string, after: string): readonly string[] => {
  const [old, now] = [documentsIn(before), documentsIn(after)];
  const lost = [...old.keys()].filter((key) => !now.has(key)).map((key) => `${key} is missing`);
  const more = [...now.keys()].filter((key) => !old.has(key)).map((key) => `${key} was not there`);
  const changed = [...old]
    .filter(([key, line]) => now.has(key) && !isDeepStrictEqual(now.get(key), line))
    .map(([key, line]) => `${key} is another: ${JSON.stringify(line)} / ${JSON.stringify(now.get(key))}`);
  return [...lost, ...more, ...changed];
};

/** Documents by the kind of their index: `events`, `alerts`, ... */
export const countsIn = (file: string): Readonly<Record<string, number>> => {
  const counts: Record<string, number> = {};
  for (const { index = "" } of documentsIn(file).values()) {
    const kind = index.split("-")[0] ?? "";
    counts[kind] = (counts[kind] ?? 0) + 1;
  }
  return counts;
};
