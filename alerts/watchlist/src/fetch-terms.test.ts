import { expect, test } from "vitest";
import { fetchTerms } from "./fetch-terms.ts";

const answering = (body: string, status = 200) => ({
  fetch: () => Promise.resolve(new Response(body, { status })),
  now: new Date("2017-01-01T01:00:00Z"),
  signal: new AbortController().signal,
});
const source = { api_url: "https://watch.example/list", secret: null };

test.each([
  ["another status", "INTERNAL-DATA", 502, "expected status 200, received 502"],
  ["no JSON", "INTERNAL-DATA", 200, "expected a JSON list of at most 10000 texts"],
  ["no list", '{"secretkey":"INTERNAL-DATA"}', 200, "at its top"],
  ["no texts", '["a",{"secretkey":"INTERNAL-DATA"}]', 200, "at 1"],
])("what a service says instead of a list is not repeated: %s", async (_what, body, status, expected) => {
  const failure = await fetchTerms(source, answering(body, status)).catch(String);
  expect(failure).toContain(expected);
  expect(failure).not.toMatch(/internal|secret/i);
});

test("a service that does not end is left", async () => {
  const over = new AbortController();
  const fetch = (_url: unknown, init?: RequestInit) =>
    new Promise<Response>((_resolve, reject) => {
      init?.signal?.addEventListener("abort", () => reject(init.signal?.reason as Error));
    });
  const asked = fetchTerms(source, { ...answering(""), fetch, signal: over.signal });
  over.abort(new Error("the run is over"));
  await expect(asked).rejects.toThrow("the run is over");
});
