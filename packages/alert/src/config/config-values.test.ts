import { describe, expect, test } from "vitest";
import { z } from "zod";
import { addressText, networkText, severityName, textList, webUrl, wholeCount } from "./config-values.ts";

const accepts = (schema: z.ZodType, value: unknown): boolean => schema.safeParse(value).success;

describe("textList", () => {
  test("takes a list as it is", () => {
    expect(textList("whitespace").parse(["a b", "c"])).toEqual(["a b", "c"]);
  });
  test("splits one text at any white space", () => {
    expect(textList("whitespace").parse("  a b\tc,d ")).toEqual(["a", "b", "c,d"]);
  });
  test("splits one text at commas and trims", () => {
    expect(textList("comma").parse("a, b c,,d")).toEqual(["a", "b c", "d"]);
  });
  test("takes an empty text as an empty list", () => {
    expect(textList("comma").parse("")).toEqual([]);
  });
  test("refuses an empty element, a number and null", () => {
    for (const value of [[""], [1], 5, null]) expect(accepts(textList("comma"), value)).toBe(false);
  });
  test("checks elements of a split text too", () => {
    expect(accepts(textList("comma", addressText), "192.0.2.1, 2001:db8::1")).toBe(true);
    expect(accepts(textList("comma", addressText), "192.0.2.1, nowhere")).toBe(false);
  });
  test("takes a default that is already a list", () => {
    expect(z.object({ hosts: textList("comma").default(["a"]) }).parse({})).toEqual({ hosts: ["a"] });
  });
});

test("severityName takes the known severities in upper case only", () => {
  expect(accepts(severityName, "CRITICAL")).toBe(true);
  expect(accepts(severityName, "critical")).toBe(false);
});

test("webUrl takes http, https and nothing, but no other scheme", () => {
  for (const value of ["", "https://example.com/doc", "http://localhost:8080"])
    expect(accepts(webUrl, value)).toBe(true);
  for (const value of ["javascript:alert(1)", "example.com", 1]) expect(accepts(webUrl, value)).toBe(false);
});

test("addressText takes IPv4 and IPv6, no old forms", () => {
  for (const value of ["192.0.2.1", "2001:db8::1"]) expect(accepts(addressText, value)).toBe(true);
  for (const value of ["1.2", "192.0.2.0/24", "host"]) expect(accepts(addressText, value)).toBe(false);
});

test("networkText takes networks of both families, no bare address", () => {
  for (const value of ["10.0.0.0/8", "2001:db8::/32"]) expect(accepts(networkText, value)).toBe(true);
  for (const value of ["10.0.0.0", "10.0.0.0/33", "x/8"]) expect(accepts(networkText, value)).toBe(false);
});

test("wholeCount takes whole numbers from 1, also as text", () => {
  expect(wholeCount.parse("60")).toBe(60);
  expect(wholeCount.parse(1)).toBe(1);
  for (const value of [0, -1, 1.5, "", "1.5", "x", null]) expect(accepts(wholeCount, value)).toBe(false);
});
