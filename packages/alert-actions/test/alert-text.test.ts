import { describe, expect, it } from "vitest";
import { alertText, fit, fitLines, hostOf, plain, textLines } from "../src/alert-text.ts";
import { message } from "./receiver.ts";

describe("alertText", () => {
  it("says what an alert is about, with its first events and the number of all", () => {
    const text = alertText(message());
    expect(text.title).toBe("WARNING: 10 failed logins by 192.0.2.7");
    expect(textLines(text)).toEqual([
      "Alert: AlertBruteforceSsh",
      "Category: bruteforce",
      "Tags: ssh",
      "Time: 2026-03-10T08:59:00+00:00",
      "Events: 12",
      ...[0, 1, 2, 3, 4].map((index) => `- failed ${index}`),
    ]);
  });

  it("counts the events that were added later, and none for an alert of silence", () => {
    expect(alertText(message({ count: 40 })).facts).toContainEqual(["Events", "40"]);
    expect(alertText(message({ count: 3, events: [] })).facts).toContainEqual(["Events", "0"]);
  });

  it("shows an event without a summary as JSON, at most 300 characters of it", () => {
    const event = { documentindex: "e", documentid: "1", documentsource: { a: "x".repeat(1_000) } };
    const [line = ""] = alertText(message({ events: [event] })).events;
    expect(line).toBe(`{"a":"${"x".repeat(293)}…`);
  });
});

it.each([
  [{ hostname: "web1" }, "web1"],
  [{ host: { name: "web2" } }, "web2"],
  [{ host: "web3" }, "web3"],
  [{ hostname: 7 }, undefined],
])("finds the host of %j", (documentsource, host) => {
  expect(hostOf(message({ events: [{ documentindex: "e", documentid: "1", documentsource }] }))).toBe(host);
});

it("puts a text on one line and shows what is hidden in it", () => {
  expect(plain(" a\r\n\tb\u202E\u0007 \uD83D ")).toBe(String.raw`a b\u202e\u0007` + " \uFFFD");
});

const doubled = (text: string): string => text.replaceAll("&", "&amp;");

it.each([
  ["four", 4, "four"],
  ["fives", 4, "fiv…"],
  ["a&b", 7, "a&amp;b"],
  ["a&bc", 7, "a&amp;…"],
  ["a&b", 5, "a…"],
  ["ab\u{1F600}c", 4, "ab…"],
])("fits %s into %i", (text, most, expected) => expect(fit(text, most, doubled)).toBe(expected));

it("leaves out lines that have no room, and says so", () => {
  expect(fitLines(["12345", "12345", "12345"], 14)).toBe("12345\n12345\n…");
  expect(fitLines(["12345", "12345"], 13)).toBe("12345\n12345");
});
