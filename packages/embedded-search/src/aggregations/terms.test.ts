import { expect, test } from "vitest";
import { EmbeddedSearch } from "../embedded-search.ts";

const store = new EmbeddedSearch();

const call = async (method: string, path: string, querystring: string, body: string): Promise<string> => {
  const headers = { "content-type": path.includes("_bulk") ? "application/x-ndjson" : "application/json" };
  return (await store.handle({ method, path, querystring, headers, body })).body;
};

/** An index for each list of values, of the given type; null is a document without one. */
const filled = async (name: string, type: string, values: readonly unknown[]): Promise<void> => {
  await call(
    "PUT",
    `/${name}`,
    "",
    JSON.stringify({
      mappings: { properties: { [type === "none" ? "x" : "k"]: { type: type === "none" ? "keyword" : type } } },
    }),
  );
  const lines = values.flatMap((k) => [{ index: {} }, type === "none" ? { x: "y" } : { k }]);
  await call("POST", `/${name}/_bulk`, "refresh=true", lines.map((line) => `${JSON.stringify(line)}\n`).join(""));
};

const counts = async (
  indices: string,
  options: object = {},
  query: object = { match_all: {} },
): Promise<readonly string[]> => {
  const aggs = { a: { terms: { field: "k", ...options } } };
  const answer = JSON.parse(
    await call("POST", `/${indices}/_search`, "", JSON.stringify({ size: 0, query, aggs })),
  ) as {
    aggregations: { a: { buckets: readonly { key: unknown; doc_count: number }[]; sum_other_doc_count: number } };
  };
  const { buckets, sum_other_doc_count: others } = answer.aggregations.a;
  return [...buckets.map(({ key, doc_count }) => `${String(key)} ${doc_count}`), ...(others > 0 ? [`+${others}`] : [])];
};

test("counts of several segments are added, whether they have the same terms, others, or none", async () => {
  await filled("a", "keyword", ["x", "y", ["x", "z"], null]);
  await filled("b", "keyword", ["z", ["w", "x"], "new", "new"]);
  await filled("n", "none", [null, null]);
  await filled("c", "keyword", ["w", "new", "last"]);
  const all = ["new 3", "x 3", "w 2", "z 2", "last 1", "y 1"];
  expect(await counts("a,b,n,c")).toEqual(all);
  expect(await counts("n,a,b,c")).toEqual(all);
  expect(await counts("a,b,n,c", { size: 2 })).toEqual(["new 3", "x 3", "+6"]);
  expect(await counts("a,b,n,c", { order: { _key: "desc" }, size: 3 })).toEqual(["z 2", "y 1", "x 3", "+6"]);
  expect(await counts("a,b,n,c", { min_doc_count: 0 })).toEqual(all);
  expect(await counts("a,b,n,c", { include: ["x", "last"] })).toEqual(["x 3", "last 1"]);
  expect(await counts("a,b,n,c", { missing: "none" })).toEqual([
    "new 3",
    "none 3",
    "x 3",
    "w 2",
    "z 2",
    "last 1",
    "y 1",
  ]);
});

test("documents of a query are counted in the same way", async () => {
  await filled("q", "keyword", ["x", "y", ["x", "z"], "y", "y"]);
  await filled("r", "keyword", ["z", "y", "v"]);
  const query = { terms: { k: ["x", "v", "z"] } };
  expect(await counts("q,r", {}, query)).toEqual(["x 2", "z 2", "v 1"]);
  expect(await counts("q,r", { min_doc_count: 0 }, query)).toEqual(["x 2", "z 2", "v 1", "y 0"]);
});

test("texts of one index and numbers of another are not counted together", async () => {
  await filled("k1", "keyword", ["x", "y", "x"]);
  await filled("l1", "long", [5, 5]);
  const body = JSON.stringify({ size: 0, aggs: { a: { terms: { field: "k" } } } });
  expect(await call("POST", "/k1,l1/_search", "", body)).toContain("existed as two different types");
});

test("terms that are added to either of two segments after they were counted are counted", async () => {
  await filled("grown-a", "keyword", ["x", "y"]);
  await filled("grown-b", "keyword", ["y", "z"]);
  expect(await counts("grown-a,grown-b")).toEqual(["y 2", "x 1", "z 1"]);
  await filled("grown-b", "keyword", ["new", "x"]);
  expect(await counts("grown-a,grown-b")).toEqual(["x 2", "y 2", "new 1", "z 1"]);
  await filled("grown-a", "keyword", ["z", "new", "new"]);
  expect(await counts("grown-a,grown-b")).toEqual(["new 3", "x 2", "y 2", "z 2"]);
  expect(await counts("grown-b,grown-a", { size: 2 })).toEqual(["new 3", "x 2", "+4"]);
});
