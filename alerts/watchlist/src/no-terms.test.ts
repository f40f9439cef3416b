import { expect, test } from "vitest";
import { noTerms } from "./no-terms.ts";

test.each([
  "http://bob:hidden@watch.example/list",
  "http://watch.example/list?token=hidden",
  "http://watch.example/hidden/list",
  "http://hidden@watch.example",
])("an error that names %s whole is shown without what is secret about it", (address) => {
  const cause = new TypeError(`Request cannot be constructed from a URL that includes credentials: ${address}`);
  const shown = noTerms(address, cause);
  expect(shown).toMatch(/^no terms from http:\/\/watch\.example: Request cannot be constructed/);
  expect(shown).not.toContain("hidden");
});

test("an error that names the parts of an address alone, too", () => {
  const address = "http://bob:pass@watch.example/list?token=t0ken";
  expect(noTerms(address, new Error("GET /list?token=t0ken as bob with pass: t0ken"))).toBe(
    "no terms from http://watch.example: GET *** as *** with ***: ***",
  );
});
