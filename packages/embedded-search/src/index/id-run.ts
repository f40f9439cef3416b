import { packArrays, type StoredArray, unpackArrays } from "./packed-arrays.ts";
import { allAtOnce, ranges, type Steps } from "./steps.ts";

/** Ids of one part of a list that is read at once; so few that reading takes some microseconds. */
const BLOCK_IDS = 1_024;

/** Numbers of documents of a segment are below it. */
const DOCUMENTS = 2 ** 16;

/** A place that an id may be at. */
export interface IdCandidate {
  readonly document: number;
  readonly sequence: number;
}

/**
 * 32 bits of an id.
 *
 * @param seed - Of the index, so that nobody can choose ids that have the same ones everywhere.
 */
export const hashId = (id: string, seed: number): number => {
  let hash = seed;
  for (let i = 0; i < id.length; i++) hash = Math.imul(hash ^ id.charCodeAt(i), 0x0100_0193);
  return mixed(hash);
};

/** Each bit of the answer depends on all bits (the last step of MurmurHash3). */
export const mixed = (value: number): number => {
  let hash = value;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85eb_ca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2_ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
};

/** See {@link hashId}. */
export const hashIds = (ids: readonly string[], seed: number): Uint32Array => allAtOnce(hashesInSteps(ids, seed));

/** Ids of one step. */
const IDS_A_STEP = 16_384;

/** As {@link hashIds}. */
export function* hashesInSteps(ids: readonly string[], seed: number): Steps<Uint32Array> {
  const hashes = new Uint32Array(ids.length);
  for (const [from, to] of ranges(ids.length, IDS_A_STEP)) {
    for (let i = from; i < to; i++) hashes[i] = hashId(ids[i] ?? "", seed);
    yield;
  }
  return hashes;
}

/** Into how many blocks the ids of a segment are divided, by the first bits of their hash. A power of two. */
export const blocksFor = (ids: number): number => 2 ** Math.max(0, Math.ceil(Math.log2(ids / BLOCK_IDS)));

export const blockOf = (hash: number, blocks: number): number => Math.floor(hash / (2 ** 32 / blocks));

/** The ids of a segment by their hashes, block after block. */
export function* packIds(hashes: Uint32Array, sequences: Float64Array, blocks: number): Generator<Uint8Array> {
  // Together in one number they are sorted by the machine, without a function that compares.
  const sorted = new Float64Array(hashes.length);
  for (let document = 0; document < hashes.length; document++)
    sorted[document] = (hashes[document] ?? 0) * DOCUMENTS + document;
  sorted.sort();
  for (let block = 0, from = 0; block < blocks; block++) {
    let to = from;
    while (to < sorted.length && blockOf(Math.floor((sorted[to] ?? 0) / DOCUMENTS), blocks) === block) to++;
    yield packBlock(sorted.subarray(from, to), sequences);
    from = to;
  }
}

const packBlock = (entries: Float64Array, sequencesOf: Float64Array): Uint8Array => {
  const hashes = new Uint32Array(entries.length);
  const documents = new Uint16Array(entries.length);
  const sequences = new Float64Array(entries.length);
  for (let i = 0; i < entries.length; i++) {
    const entry = entries[i] ?? 0;
    hashes[i] = Math.floor(entry / DOCUMENTS);
    documents[i] = entry % DOCUMENTS;
    sequences[i] = sequencesOf[documents[i] ?? 0] ?? 0;
  }
  const arrays = new Map<string, StoredArray>([
    ["hashes", hashes],
    ["documents", documents],
    ["sequences", sequences],
  ]);
  return packArrays({ facts: {}, arrays });
};

/** The hashes of all ids, in any order. */
export const packHashes = (hashes: Uint32Array): Uint8Array =>
  packArrays({ facts: {}, arrays: new Map([["hashes", hashes]]) });

export const unpackHashes = (bytes: Uint8Array): Uint32Array => unpackArrays(bytes).arrays.get("hashes") as Uint32Array;

/** Where ids with this hash are. */
export const candidatesIn = (block: Uint8Array, hash: number): IdCandidate[] => {
  const { arrays } = unpackArrays(block);
  const hashes = arrays.get("hashes") as Uint32Array;
  let [low, high] = [0, hashes.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((hashes[middle] ?? 0) < hash) low = middle + 1;
    else high = middle;
  }
  const found: IdCandidate[] = [];
  for (; hashes[low] === hash; low++)
    found.push({
      document: arrays.get("documents")?.[low] as number,
      sequence: arrays.get("sequences")?.[low] as number,
    });
  return found;
};
