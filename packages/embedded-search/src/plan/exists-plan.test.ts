import { expect, it } from "vitest";
import { EmbeddedSearch } from "../embedded-search.ts";

/** Elasticsearch refuses it, too, but its message depends on the order of a table that changes at each start. */
it.each(["*", "_*", "**", "_doc_*"])("refuses to tell which documents have any of %s", async (field) => {
  const store = new EmbeddedSearch();
  await store.handle({ method: "PUT", path: "/docs" });
  const { statusCode, body } = await store.handle({
    method: "POST",
    path: "/docs/_search",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ query: { bool: { filter: [{ exists: { field } }] } } }),
  });
  expect(statusCode).toBe(400);
  expect(body).toContain("Field [_doc_count] of type [_doc_count] does not support exists queries");
});
