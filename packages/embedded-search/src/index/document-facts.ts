import type { Loaded } from "./column-cache.ts";
import { packArrays, type StoredArray, unpackArrays } from "./packed-arrays.ts";
import { packTextsInSteps, textAt } from "./packed-texts.ts";
import type { DocumentFacts } from "./segment.ts";
import type { Steps } from "./steps.ts";

/** What {@link unpackFacts} reads. */
export interface StoredFacts {
  id(document: number): string;
  readonly sequences: Float64Array;
  version(document: number): number;
  readonly ignored: ReadonlyMap<number, readonly string[]>;
}

/** What a segment knows of its documents, as bytes. Hardly any document has another version than 1. */
export function* packFacts({ ids, sequences, versions, ignored }: DocumentFacts): Steps<Uint8Array> {
  const size = ids.length;
  const texts = yield* packTextsInSteps(ids);
  const own = versions.slice(0, size);
  return packArrays({
    facts: { ignored: [...ignored] },
    arrays: new Map<string, StoredArray>([
      ["ids", texts.bytes],
      ["idStarts", texts.starts],
      ["sequences", sequences.slice(0, size)],
      ["versions", own.every((version) => version === 1) ? new Uint32Array(0) : own],
    ]),
  });
}

export const unpackFacts = (bytes: Uint8Array): Loaded<StoredFacts> => {
  const { facts, arrays } = unpackArrays(bytes);
  const texts = { bytes: arrays.get("ids") as Uint8Array, starts: arrays.get("idStarts") as Uint32Array };
  const versions = arrays.get("versions") as Uint32Array;
  const value: StoredFacts = {
    id: (document) => textAt(texts, document),
    sequences: arrays.get("sequences") as Float64Array,
    version: (document) => versions[document] ?? 1,
    ignored: new Map(facts.ignored as readonly (readonly [number, readonly string[]])[]),
  };
  return { value, memoryBytes: () => bytes.length };
};
