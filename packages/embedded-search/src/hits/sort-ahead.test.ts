import fc from "fast-check";
import { expect, test } from "vitest";
import { EmbeddedSearch } from "../embedded-search.ts";
import { compareTerms } from "../values/term-order.ts";

const store = new EmbeddedSearch();

const call = async (method: string, path: string, body: object | string): Promise<string> => {
  const text = typeof body === "string" ? body : JSON.stringify(body);
  const headers = { "content-type": path.includes("_bulk") ? "application/x-ndjson" : "application/json" };
  return (
    await store.handle({ method, path, querystring: path.includes("_bulk") ? "refresh=true" : "", headers, body: text })
  ).body;
};

const bulk = (index: string, values: readonly Value[]): Promise<string> =>
  call(
    "POST",
    `/${index}/_bulk`,
    values.flatMap((k) => [{ index: {} }, { k }]).reduce((text, line) => `${text}${JSON.stringify(line)}\n`, ""),
  );

type Value = string | null | readonly string[];

const word = fc
  .constantFrom("", "a", "ab", "b", "é", "\uffff", "😀", "zz")
  .chain((start) => fc.integer({ min: 0, max: 400 }).map((end) => `${start}${end}`));
const value: fc.Arbitrary<Value> = fc.oneof(
  { weight: 8, arbitrary: word },
  { weight: 1, arbitrary: fc.constant(null) },
  { weight: 1, arbitrary: fc.array(word, { minLength: 1, maxLength: 3 }) },
);

/** The value that a document is sorted by. */
const chosen = (value: Value, descending: boolean): string | null => {
  const sorted = (typeof value === "string" ? [value] : [...(value ?? [])]).sort(compareTerms);
  return (descending ? sorted.at(-1) : sorted[0]) ?? null;
};

const expected = (values: readonly Value[], descending: boolean, count: number): (string | null)[] =>
  values
    .map((value) => chosen(value, descending))
    .sort((a, b) => {
      if (a === null || b === null) return Number(a === null) - Number(b === null);
      return descending ? compareTerms(b, a) : compareTerms(a, b);
    })
    .slice(0, count);

interface Answer {
  readonly hits: {
    readonly total: { readonly value: number };
    readonly hits: readonly { readonly sort: readonly [string | null, number] }[];
  };
}

test("the first hits by keyword are those of a full sort, also where most documents are passed over", async () => {
  let number = 0;
  await fc.assert(
    fc.asyncProperty(
      fc.array(value, { minLength: 150, maxLength: 700 }),
      fc.array(value, { maxLength: 200 }),
      fc.boolean(),
      fc.boolean(),
      async (values, later, descending, byPlaceToo) => {
        const index = `sorted-${number++}`;
        await call("PUT", `/${index}`, { mappings: { properties: { k: { type: "keyword" } } } });
        await bulk(index, values);
        const ask = async (): Promise<Answer> => {
          const sort = [{ k: descending ? "desc" : "asc" }, ...(byPlaceToo ? ["_doc"] : [])];
          return JSON.parse(
            await call("POST", `/${index}/_search`, { size: 7, track_total_hits: true, sort }),
          ) as Answer;
        };
        const check = async (all: readonly Value[]): Promise<void> => {
          const { hits } = await ask();
          expect(hits.total.value).toBe(all.length);
          expect(hits.hits.map(({ sort }) => sort[0])).toEqual(expected(all, descending, 7));
        };
        await check(values);
        // Terms that were added after the others were put in order.
        await bulk(index, later);
        await check([...values, ...later]);
        await call("DELETE", `/${index}`, "");
      },
    ),
    { numRuns: 40 },
  );
});
