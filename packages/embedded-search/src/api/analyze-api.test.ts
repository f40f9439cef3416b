import { expect, it } from "vitest";
import { EmbeddedSearch } from "../embedded-search.ts";

const analyze = async (text: string | readonly string[]) => {
  const store = new EmbeddedSearch();
  const { statusCode, body } = await store.handle({
    method: "POST",
    path: "/_analyze",
    body: JSON.stringify({ text }),
  });
  await store.close();
  return { statusCode, body };
};

it("gives ten thousand tokens at most, of all texts together", async () => {
  expect((await analyze("a ".repeat(10_000))).statusCode).toBe(200);
  for (const text of ["a ".repeat(10_001), "a ".repeat(5_000_000), ["a ".repeat(10_000), "b"]]) {
    const { statusCode, body } = await analyze(text);
    expect(statusCode).toBe(400);
    expect(body).toContain("status_exception");
    expect(body).toContain("exceeded the allowed maximum of [10000]");
  }
});
