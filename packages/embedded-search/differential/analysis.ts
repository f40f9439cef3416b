/**
 * Compares the standard analyser with a real server's `_analyze` on every code point and on random texts of all scripts: terms, offsets, positions and types.
 *
 * Run: `node --conditions=@mozdef/source differential/analysis.ts --url http://127.0.0.1:9200 --seed 1 --count 100000`.
 */
import { parseArgs } from "node:util";
import fc from "fast-check";
import { classOf, CLASS_COUNT } from "../src/analysis/code-point-class.ts";
import { standardTokens } from "../src/analysis/standard-tokenizer.ts";
import type { Token } from "../src/analysis/token.ts";

/** Texts in one request; the server answers at most 10,000 tokens. */
const BATCH = 100;

interface AnalyzeToken {
  token: string;
  start_offset: number;
  end_offset: number;
  position: number;
  type: string;
}

const { values } = parseArgs({
  options: {
    url: { type: "string", default: "http://127.0.0.1:9200" },
    seed: { type: "string", default: "1" },
    count: { type: "string", default: "100000" },
  },
});

const isSurrogate = (codePoint: number): boolean => codePoint >= 0xd800 && codePoint <= 0xdfff;

const membersOfClasses = (): number[][] => {
  const members = Array.from({ length: CLASS_COUNT }, (): number[] => []);
  for (let codePoint = 0; codePoint <= 0x10ffff; codePoint++)
    if (!isSurrogate(codePoint)) members[classOf(codePoint)]?.push(codePoint);
  return members;
};

/** Texts in which rare classes are as frequent as common ones, so that their rules meet. */
const texts = (): fc.Arbitrary<string> => {
  const classes = membersOfClasses().map((members) => fc.constantFrom(...members.slice(0, 4), ...sample(members)));
  const character = fc.oneof(
    { weight: 6, arbitrary: fc.oneof(...classes) },
    { weight: 1, arbitrary: fc.constantFrom(...Array.from("aZ9_. :;,'\"-#©", (text) => text.codePointAt(0) ?? 0)) },
    { weight: 1, arbitrary: fc.integer({ min: 0, max: 0x10ffff }).filter((codePoint) => !isSurrogate(codePoint)) },
  );
  const text = (maxLength: number) =>
    fc.array(character, { maxLength }).map((codePoints) => String.fromCodePoint(...codePoints));
  const long = fc
    .tuple(
      fc.array(fc.constantFrom("a", "7", "_", "é", "\u{10400}", "\u0301", "한"), { minLength: 250, maxLength: 270 }),
      text(20),
    )
    .map(([head, tail]) => head.join("") + tail);
  return fc.oneof({ weight: 60, arbitrary: text(40) }, { weight: 1, arbitrary: long });
};

const sample = (members: readonly number[]): number[] =>
  members.filter((_, index) => index % Math.max(1, Math.floor(members.length / 400)) === 0);

const analyze = async (batch: readonly string[]): Promise<AnalyzeToken[]> => {
  const response = await fetch(`${values.url}/_analyze`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ analyzer: "standard", text: batch }),
  });
  if (!response.ok) throw new Error(`_analyze answered ${response.status}: ${await response.text()}`);
  return ((await response.json()) as { tokens: AnalyzeToken[] }).tokens;
};

/** The server continues offsets and positions from text to text; this takes the tokens of one text and counts from 0 again. */
const tokensBetween = (tokens: readonly AnalyzeToken[], offset: number, end: number): Token[] => {
  const own = tokens.filter((token) => token.start_offset >= offset && token.start_offset < end);
  const first = own[0]?.position ?? 0;
  return own.map((token) => ({
    text: token.token,
    start: token.start_offset - offset,
    end: token.end_offset - offset,
    position: token.position - first,
    type: token.type as Token["type"],
  }));
};

/** Every code point, between letters, several in a text. */
const everyCodePoint = (): string[] => {
  const all = membersOfClasses().flat();
  const batches = Array.from({ length: Math.ceil(all.length / 30) }, (_, index) =>
    all.slice(index * 30, (index + 1) * 30),
  );
  return batches.map((codePoints) => codePoints.map((codePoint) => `x${String.fromCodePoint(codePoint)}x`).join(" "));
};

const codePointsOf = (text: string): string => Array.from(text, (c) => c.codePointAt(0)?.toString(16)).join(" ");

const compareBatch = async (batch: readonly string[]): Promise<string[]> => {
  const answered = await analyze(batch);
  const differences: string[] = [];
  let offset = 0;
  for (const text of batch) {
    const expected = JSON.stringify(tokensBetween(answered, offset, offset + text.length));
    const actual = JSON.stringify(standardTokens(text));
    if (expected !== actual) differences.push(`${codePointsOf(text)}\n  server   ${expected}\n  embedded ${actual}`);
    offset += text.length + 1;
  }
  return differences;
};

const all = [...everyCodePoint(), ...fc.sample(texts(), { seed: Number(values.seed), numRuns: Number(values.count) })];
let differences = 0;
for (let start = 0; start < all.length; start += BATCH)
  for (const difference of await compareBatch(all.slice(start, start + BATCH)))
    if (differences++ < 10) process.stdout.write(`${difference}\n`);
process.stdout.write(`${all.length} texts, ${differences} differences (seed ${values.seed})\n`);
process.exitCode = differences === 0 ? 0 : 1;
