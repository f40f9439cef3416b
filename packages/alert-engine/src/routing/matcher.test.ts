import { describe, expect, it } from "vitest";
import type { SeenAlert } from "./alert-fields.ts";
import { readMatch } from "./matcher.ts";

const alert = {
  utctimestamp: "2026-01-01T00:00:00+00:00",
  ...{ severity: "CRITICAL", category: "bruteforce", classname: "AlertBruteforceSsh", summary: "10 of 192.0.2.7" },
  ...{ tags: ["ssh", "prod"], channel: null, notify_mozdefbot: true, status: "manual", groupkey: "192.0.2.7" },
  details: { count: 12, isAdmin: true, site: { name: "ber" } },
  events: [{ documentindex: "events", documentid: "a", documentsource: { details: { sourceipaddress: "192.0.2.7" } } }],
} as unknown as SeenAlert;

describe("readMatch", () => {
  it.each([
    ["nothing is wanted", {}],
    ["a value", { severity: "CRITICAL" }],
    ["one of a list", { severity: ["ERROR", "CRITICAL"] }],
    ["an element of a list", { tags: "prod" }],
    ["a pattern", { classname: "Alert*Ssh" }],
    ["a pattern with one character", { severity: "CRIT?CAL" }],
    ["a shorter name", { name: "AlertBruteforceSsh", tag: "ssh", group: "192.0.2.7" }],
    [
      "a field of details, numbers and booleans as texts",
      { "details.site.name": "ber", "details.count": 12, "details.isAdmin": true },
    ],
    ["what its events name", { ip: "192.0.2.*" }],
    ["none of several", { severity: { not: ["INFO", "NOTICE"] } }],
    ["a field that is missing is none of them", { "details.nothing": { not: "x" } }],
    ["a regular expression of the whole value", { summary: { regex: "\\d+ of .*" } }],
    ["a regular expression that fits no value", { tags: { notRegex: "dev.*" } }],
    ["a field that is there, and one that is not", { channel: { exists: false }, category: { exists: true } }],
  ])("fits: %s", (_, match) => expect(readMatch(match)(alert)).toBe(true));

  it.each([
    ["another value", { severity: "critical" }],
    ["one of two fields", { severity: "CRITICAL", category: "other" }],
    ["part of a value", { summary: "10" }],
    ["a regular expression of a part", { summary: { regex: "10" } }],
    ["a value that is excluded", { tags: { not: "ssh" } }],
    ["a pattern that is excluded", { classname: { not: "Alert*" } }],
    ["a missing field", { "details.nothing": "*" }],
    ["names that every object has", { constructor: "*", __proto__: "*", "details.constructor.name": "*" }],
  ])("does not fit: %s", (_, match) => expect(readMatch(match)(alert)).toBe(false));

  it.each([
    ["a list", [], "expected an object of fields"],
    ["an unknown key", { severity: { is: "X" } }, "severity: expected some of not, regex, notRegex, exists"],
    ["an empty list", { severity: [] }, "severity: expected 1 to 1000 values"],
    ["an object in a list", { severity: [{}] }, "severity: expected a text or a list of texts"],
    [
      "what RE2 does not know",
      { summary: { regex: "(?=a)" } },
      "summary: it is not a regular expression in RE2's syntax",
    ],
    ["exists that is no boolean", { summary: { exists: "yes" } }, "summary: expected exists to be true or false"],
  ])("refuses %s", (_, match, message) => expect(() => readMatch(match)).toThrow(message));

  it("takes time in proportion to a text, whatever the pattern", () => {
    const hostile = { ...alert, summary: `${"a".repeat(9_000)}!` };
    const fits = readMatch({ summary: { regex: "(a+)+$" } });
    expect(fits(hostile)).toBe(false);
    expect(readMatch({ summary: `${"*a".repeat(20)}*b` })(hostile)).toBe(false);
  });
});
