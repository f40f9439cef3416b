import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Random } from "../../test/random.ts";
import { compareTerms } from "../values/term-order.ts";
import { packColumn, unpackColumn } from "./column-bytes.ts";
import { IdFilter } from "./id-filter.ts";
import { blockOf, blocksFor, candidatesIn, hashIds, packIds } from "./id-run.ts";
import { NumbersColumn } from "./numbers-column.ts";
import { PackedDictionary } from "./packed-dictionary.ts";
import { findText, packTexts, textAt } from "./packed-texts.ts";
import { sortBytes, sortBytesInSteps } from "./sort-bytes.ts";
import { allAtOnce } from "./steps.ts";
import { TermDictionary } from "./term-dictionary.ts";
import { prefixTest } from "./term-test.ts";
import { TermsColumn } from "./terms-column.ts";
import { TextColumn } from "./text-column.ts";

const letters = fc.constantFrom("\0", "a", "b", "é", "\u{e000}", "😀");
const text = fc.string({ unit: letters, maxLength: 9 });

const tokensOf = (column: TextColumn, document: number): readonly number[] => {
  let found: readonly number[] = [];
  column.passes(document, (tokens, start, end) => {
    found = Array.from(tokens.subarray(start, end));
    return true;
  });
  return found;
};

describe("packed texts", () => {
  it("are sorted by their bytes, read again and found", () => {
    fc.assert(
      fc.property(fc.uniqueArray(text, { maxLength: 60 }), text, (texts, other) => {
        const packed = packTexts(texts);
        const sorted = sortBytes(packed);
        expect(Array.from(sorted, (number) => textAt(packed, number))).toEqual([...texts].sort(compareTerms));
        for (const [number, one] of texts.entries()) expect(findText(packed, sorted, one)).toBe(number);
        expect(findText(packed, sorted, other)).toBe(texts.includes(other) ? texts.indexOf(other) : undefined);
      }),
    );
  });

  it("have the same places in a dictionary that grows and in a packed one", () => {
    fc.assert(
      fc.property(fc.uniqueArray(text, { minLength: 17, maxLength: 60 }), text, (texts, other) => {
        const packed = packTexts(texts);
        const packedRanks = new PackedDictionary(packed, sortBytes(packed)).ranks();
        const grownRanks = new TermDictionary([...texts]).ranks();
        const sorted = texts.toSorted(compareTerms);
        for (const ranks of [packedRanks, grownRanks]) {
          expect(Array.from(ranks.places)).toEqual(texts.map((one) => sorted.indexOf(one)));
          const before = texts.filter((one) => compareTerms(one, other) < 0).length;
          expect(ranks.around(other)).toEqual({ before, upTo: before + Number(texts.includes(other)) });
        }
        expect(packedRanks.around("\ud800")).toBeUndefined();
      }),
    );
  });

  it("are sorted the same when there are too many for one step", () => {
    const random = new Random(3);
    const beginnings = ["", "x", "host", "é\u{e000}", "😀"];
    const texts = Array.from({ length: 60_000 }, (_, n) => `${beginnings[random.below(5)] ?? ""}${n.toString(36)}`);
    const distinct = [...new Set([...texts, "", "\0"])];
    const packed = packTexts(distinct);
    const steps = sortBytesInSteps(packed);
    let taken = 1;
    for (; steps.next().done !== true; taken++);
    expect(taken).toBeGreaterThan(5);
    expect(Array.from(sortBytes(packed), (number) => distinct[number])).toEqual(distinct.toSorted(compareTerms));
  });

  it("are sorted quickly however long they are equal", () => {
    const texts = Array.from({ length: 500 }, (_, n) => `${"x".repeat(3000)}${n}`);
    const packed = packTexts(texts);
    expect(Array.from(sortBytes(packed), (number) => texts[number])).toEqual([...texts].sort());
  });
});

const documents = <T>(values: fc.Arbitrary<T>): fc.Arbitrary<T[][]> =>
  fc.array(fc.array(values, { maxLength: 3 }), { maxLength: 40 });

describe("a packed column", () => {
  it("of terms is the same, also with halves of surrogate pairs", () => {
    const terms = fc.oneof({ weight: 20, arbitrary: text }, { weight: 1, arbitrary: fc.constant("x\ud800") });
    fc.assert(
      fc.property(documents(terms), (rows) => {
        const column = new TermsColumn();
        for (const [document, row] of rows.entries()) for (const value of row) column.add(document, value);
        const again = unpackColumn(allAtOnce(packColumn(column, rows.length))).value as TermsColumn;
        const read = (from: TermsColumn) => ({
          terms: from.dictionary.terms(),
          found: from.dictionary.terms().map((term) => from.dictionary.find(term)),
          begin: from.dictionary.select(prefixTest("a")).sort(),
          rows: rows.map((_, document) => {
            const numbers: number[] = [];
            from.each(document, (term) => numbers.push(term));
            return [numbers, from.single(document), from.has(document), from.hasTerm(document, 1)];
          }),
          lists: from.postings(rows.length, true),
          counts: from.countTerms(rows.length),
        });
        expect(read(again)).toEqual(read(column));
      }),
    );
  });

  it("of text is the same", () => {
    fc.assert(
      fc.property(documents(fc.array(text, { maxLength: 4 })), (rows) => {
        const column = new TextColumn(100);
        for (const [document, row] of rows.entries()) for (const value of row) column.add(document, value);
        const again = unpackColumn(allAtOnce(packColumn(column, rows.length))).value as TextColumn;
        const read = (from: TextColumn) => ({
          terms: from.dictionary.terms(),
          gap: from.positionGap,
          rows: rows.map((_, document) => [tokensOf(from, document), from.has(document)]),
          lists: from.postings(rows.length, true),
        });
        expect(read(again)).toEqual(read(column));
      }),
    );
  });

  it("of numbers is the same, also with wide ones", () => {
    const numbers = fc.oneof(fc.integer(), fc.double({ noNaN: true }), fc.constant(2n ** 62n + 1n));
    fc.assert(
      fc.property(documents(numbers), (rows) => {
        const column = new NumbersColumn();
        for (const [document, row] of rows.entries()) for (const value of row) column.add(document, value);
        const again = unpackColumn(allAtOnce(packColumn(column, rows.length))).value as NumbersColumn;
        const read = (from: NumbersColumn) => ({
          span: [from.least, from.greatest],
          single: from.isSingle,
          rows: rows.map((_, document) => {
            const values: unknown[] = [];
            from.each(document, (value) => values.push(value));
            return [values, from.first(document), from.blockLeast(document), from.blockGreatest(document)];
          }),
        });
        expect(read(again)).toEqual(read(column));
      }),
    );
  });
});

describe("ids of stored segments", () => {
  const segments = Array.from({ length: 70 }, (_, segment) =>
    Array.from({ length: 300 }, (_unused, n) => `${segment}-${n}`),
  );

  it("are in the segments that the filter names, and hardly any other is named", () => {
    const filter = new IdFilter(300);
    for (const ids of segments) {
      filter.addSegment();
      filter.add(hashIds(ids, 7));
    }
    let others = 0;
    for (const [segment, ids] of segments.entries())
      for (const hash of hashIds(ids, 7)) {
        const found = filter.find(hash);
        expect(found).toContain(segment);
        others += found.length - 1;
      }
    expect(others / (70 * 300)).toBeLessThan(0.1);
  });

  it("are found in their blocks", () => {
    const ids = Array.from({ length: 5_000 }, (_, n) => `id${n}`);
    const hashes = hashIds(ids, 7);
    const sequences = Float64Array.from(ids, (_, n) => 3 * n);
    const count = blocksFor(ids.length);
    const blocks = [...packIds(hashes, sequences, count)];
    expect(blocks).toHaveLength(8);
    for (const [document, hash] of hashes.entries())
      expect(candidatesIn(blocks[blockOf(hash, count)] ?? new Uint8Array(), hash)).toContainEqual({
        document,
        sequence: 3 * document,
      });
  });
});
