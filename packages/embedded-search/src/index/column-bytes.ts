import type { Loaded } from "./column-cache.ts";
import { isWellFormed } from "../text/well-formed.ts";
import type { NumberValue } from "../values/number-value.ts";
import type { Dictionary } from "./dictionary.ts";
import { NumbersColumn } from "./numbers-column.ts";
import { type PackedArrays, packArrays, type StoredArray, unpackArrays } from "./packed-arrays.ts";
import { PackedDictionary } from "./packed-dictionary.ts";
import { packTextsInSteps } from "./packed-texts.ts";
import type { Postings } from "./postings.ts";
import { PackedSeveral, packSeveral } from "./several.ts";
import { sortBytesInSteps } from "./sort-bytes.ts";
import { ranges, type Steps } from "./steps.ts";
import { TermDictionary } from "./term-dictionary.ts";
import { TermsColumn } from "./terms-column.ts";
import { TextColumn } from "./text-column.ts";

export type Column = TermsColumn | TextColumn | NumbersColumn;

/** A column of a segment that gets no more documents, as bytes. */
export function* packColumn(column: Column, documents: number): Steps<Uint8Array> {
  if (column.kind === "numbers") return packArrays(packNumbers(column, documents));
  yield* column.fillPostings(documents);
  const dictionary = yield* packDictionary(column.dictionary);
  yield;
  return packArrays(
    column.kind === "terms" ? packTerms(column, dictionary, documents) : packText(column, dictionary, documents),
  );
}

export const unpackColumn = (bytes: Uint8Array): Loaded<Column> => {
  const packed = unpackArrays(bytes);
  const { kind } = packed.facts;
  if (kind === "numbers") return fixed(unpackNumbers(packed), 2 * bytes.length);
  const dictionary = unpackDictionary(packed);
  const column = kind === "terms" ? unpackTerms(packed, dictionary) : unpackText(packed, dictionary);
  if (dictionary instanceof PackedDictionary)
    return { value: column, memoryBytes: () => bytes.length + dictionary.madeBytes };
  return fixed(column, 4 * bytes.length);
};

const fixed = (value: Column, bytes: number): Loaded<Column> => ({ value, memoryBytes: () => bytes });

function* packDictionary(dictionary: Dictionary): Steps<PackedArrays> {
  const terms = dictionary.terms();
  for (const [from, to] of ranges(terms.length, TERMS_A_STEP)) {
    // Half of a surrogate pair has no bytes in UTF-8.
    if (!terms.slice(from, to).every(isWellFormed)) return { facts: { terms }, arrays: new Map() };
    yield;
  }
  const texts = yield* packTextsInSteps(terms);
  const sorted = yield* sortBytesInSteps(texts);
  return {
    facts: {},
    arrays: new Map<string, StoredArray>([
      ["terms", texts.bytes],
      ["termStarts", texts.starts],
      ["sorted", sorted],
    ]),
  };
}

/** Terms that one step looks at. */
const TERMS_A_STEP = 16_384;

const unpackDictionary = ({ facts, arrays }: PackedArrays): Dictionary => {
  if (Array.isArray(facts.terms)) return new TermDictionary([...(facts.terms as readonly string[])]);
  const texts = { bytes: arrays.get("terms") as Uint8Array, starts: arrays.get("termStarts") as Uint32Array };
  return new PackedDictionary(texts, arrays.get("sorted") as Uint32Array);
};

const postingArrays = ({ starts, list }: Postings): [string, StoredArray][] => [
  ["postingStarts", starts],
  ["postings", list],
];

const unpackPostings = ({ facts, arrays }: PackedArrays): Postings => ({
  documents: Number(facts.documents),
  starts: arrays.get("postingStarts") as Uint32Array,
  list: arrays.get("postings") as Uint16Array,
});

const packTerms = (column: TermsColumn, { facts, arrays }: PackedArrays, documents: number): PackedArrays => {
  const { first, several, postings } = column.added(documents);
  const lists = packSeveral(several);
  return {
    facts: { ...facts, kind: "terms", documents },
    arrays: new Map<string, StoredArray>([
      ...arrays,
      ["first", first],
      ["severalDocuments", lists.documents],
      ["severalEnds", lists.ends],
      ["severalTerms", lists.terms],
      ...postingArrays(postings),
    ]),
  };
};

const unpackTerms = (packed: PackedArrays, dictionary: Dictionary): TermsColumn => {
  const array = (name: string): Uint32Array => packed.arrays.get(name) as Uint32Array;
  const several = new PackedSeveral({
    documents: array("severalDocuments"),
    ends: array("severalEnds"),
    terms: array("severalTerms"),
  });
  return new TermsColumn({ dictionary, first: array("first"), several, postings: unpackPostings(packed) });
};

const packText = (column: TextColumn, { facts, arrays }: PackedArrays, documents: number): PackedArrays => {
  const { tokens, ends, present, postings } = column.added(documents);
  return {
    facts: { ...facts, kind: "text", documents, positionGap: column.positionGap },
    arrays: new Map<string, StoredArray>([
      ...arrays,
      ["tokens", tokens],
      ["ends", ends],
      ["present", present],
      ...postingArrays(postings),
    ]),
  };
};

const unpackText = (packed: PackedArrays, dictionary: Dictionary): TextColumn => {
  const { facts, arrays } = packed;
  return new TextColumn(Number(facts.positionGap), {
    dictionary,
    tokens: arrays.get("tokens") as Uint32Array,
    ends: arrays.get("ends") as Uint32Array,
    present: arrays.get("present") as Uint8Array,
    postings: unpackPostings(packed),
  });
};

/** Wide integers are stored as such, in the place of the double. */
const packNumbers = (column: NumbersColumn, documents: number): PackedArrays => {
  const { first, several, blockLeast, blockGreatest } = column.image();
  const values = [...several.values()].flat();
  const wide = values.some((value) => typeof value === "bigint");
  let end = 0;
  return {
    facts: { kind: "numbers" },
    arrays: new Map<string, StoredArray>([
      ["first", first.slice(0, documents)],
      ["blockLeast", blockLeast],
      ["blockGreatest", blockGreatest],
      ["severalDocuments", Uint32Array.from(several.keys())],
      ["severalEnds", Uint32Array.from(several.values(), (list) => (end += list.length))],
      ["several", Float64Array.from(values, Number)],
      ["wide", BigInt64Array.from(wide ? values : [], (value) => (typeof value === "bigint" ? value : 0n))],
      ["isWide", Uint8Array.from(wide ? values : [], (value) => (typeof value === "bigint" ? 1 : 0))],
    ]),
  };
};

const unpackNumbers = ({ arrays }: PackedArrays): NumbersColumn => {
  const doubles = (name: string): Float64Array => arrays.get(name) as Float64Array;
  const [blockLeast, blockGreatest] = [doubles("blockLeast"), doubles("blockGreatest")];
  return new NumbersColumn({
    kind: "numbers",
    first: doubles("first"),
    several: unpackSeveralNumbers(arrays),
    blockLeast,
    blockGreatest,
    least: blockLeast.reduce((least, value) => Math.min(least, value), Number.POSITIVE_INFINITY),
    greatest: blockGreatest.reduce((greatest, value) => Math.max(greatest, value), Number.NEGATIVE_INFINITY),
  });
};

const unpackSeveralNumbers = (arrays: PackedArrays["arrays"]): Map<number, NumberValue[]> => {
  const doubles = arrays.get("several") as Float64Array;
  const wide = arrays.get("wide") as BigInt64Array;
  const isWide = arrays.get("isWide") as Uint8Array;
  const ends = arrays.get("severalEnds") as Uint32Array;
  const several = new Map<number, NumberValue[]>();
  let at = 0;
  for (const [i, document] of (arrays.get("severalDocuments") as Uint32Array).entries()) {
    const values: NumberValue[] = [];
    for (const end = ends[i] ?? 0; at < end; at++) values.push((isWide[at] === 1 ? wide[at] : doubles[at]) ?? 0);
    several.set(document, values);
  }
  return several;
};
