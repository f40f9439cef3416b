import fc from "fast-check";
import type { StoryStep } from "./story-step.ts";

/** Opens a point in time over some indices. */
export const opened = (expression: fc.Arbitrary<string>): fc.Arbitrary<StoryStep> =>
  expression.map((index): StoryStep => ({ method: "POST", path: `/${index}/_pit?keep_alive=1m`, pit: "opens" }));

/** Reads page by page what a point in time has, whatever is written meanwhile. */
export const overPointInTime = (paged: fc.Arbitrary<StoryStep>): fc.Arbitrary<StoryStep> =>
  paged.map((step): StoryStep => ({ ...step, path: "/_search", pit: "searches" }));

const headerOf = (path: string): object => {
  const { pathname, searchParams } = new URL(path, "http://store");
  const [, index] = pathname.split("/");
  const flags = [...searchParams].filter(([key]) => key !== "filter_path");
  return { index, ...Object.fromEntries(flags.map(([key, value]) => [key, value === "true"])) };
};

/** Several searches in one request. */
export const severalSearches = (search: fc.Arbitrary<StoryStep>): fc.Arbitrary<StoryStep> =>
  fc.array(search, { minLength: 1, maxLength: 3 }).map((searches): StoryStep => ({
    method: "POST",
    path: "/_msearch",
    lines: searches.flatMap(({ path, body }) => [headerOf(path), body ?? {}]),
  }));

const SETTINGS = { number_of_shards: 1, number_of_replicas: 0, refresh_interval: -1 };

const template = fc
  .record({
    dynamic: fc.constantFrom<unknown>(true, false, "strict"),
    type: fc.constantFrom("keyword", "long", "text"),
  })
  .map(({ dynamic, type }): StoryStep => ({
    method: "PUT",
    path: "/_index_template/scn-made",
    body: {
      index_patterns: ["scn-made*"],
      template: {
        settings: SETTINGS,
        mappings: { dynamic, properties: { n: { type: "integer" }, k1: { type }, l1: { type: "long" } } },
        aliases: { "scn-some": {} },
      },
    },
  }));

/** What indices come to be from, when a document is written to one that there is not; and their end. */
export const templated = (source: fc.Arbitrary<object>): fc.Arbitrary<StoryStep> =>
  fc.oneof(
    { weight: 2, arbitrary: template },
    {
      weight: 4,
      arbitrary: fc
        .array(fc.tuple(source, fc.integer({ min: 0, max: 3 })), { minLength: 1, maxLength: 3 })
        .map((documents): StoryStep => ({
          method: "POST",
          path: "/_bulk?refresh=true",
          lines: documents.flatMap(([document, id]) => [
            { index: { _index: `scn-made${id % 2}`, _id: String(id) } },
            document,
          ]),
        })),
    },
    {
      weight: 2,
      arbitrary: fc
        .constantFrom("scn-made0/_mapping", "scn-made0", "scn-made1", "_index_template/scn-made")
        .map((path): StoryStep => ({ method: "GET", path: `/${path}` })),
    },
    {
      weight: 1,
      arbitrary: fc.constantFrom("scn-made0", "_index_template/scn-made").map((path): StoryStep => ({
        method: "DELETE",
        path: `/${path}`,
      })),
    },
  );
