import { describe, expect, it } from "vitest";
import { hit, NOW } from "../../test/fakes.ts";
import type { AlertDraft } from "../index.ts";
import { AlertError, alertDocument, notifies } from "../runtime.ts";

const draft: AlertDraft = { summary: "s", category: "c", tags: ["t"] };
const documentOf = (changes: Partial<AlertDraft>, now = NOW) =>
  alertDocument({ ...draft, ...changes }, { now, classname: "MyAlert", events: [hit("a", { summary: "e" })] });

describe("alertDocument", () => {
  it("has MozDef's fields in MozDef's order", () => {
    const document = documentOf({});
    expect(document).toEqual({
      utctimestamp: "2017-01-01T01:00:00+00:00",
      severity: "NOTICE",
      summary: "s",
      category: "c",
      tags: ["t"],
      events: [
        {
          documentindex: "events-20170101",
          documentsource: { utctimestamp: "2017-01-01T00:59:00+00:00", summary: "e" },
          documentid: "a",
        },
      ],
      channel: null,
      notify_mozdefbot: false,
      status: "manual",
      classname: "MyAlert",
    });
    expect(Object.keys(document).join(" ")).toBe(
      "utctimestamp severity summary category tags events channel notify_mozdefbot status classname",
    );
  });

  it("has url only when there is one, and details when given", () => {
    expect(documentOf({ url: "" })).not.toHaveProperty("url");
    expect(documentOf({ url: null })).not.toHaveProperty("url");
    expect(documentOf({ url: "https://example.com" }).url).toBe("https://example.com");
    expect(documentOf({ details: { hops: [] } }).details).toEqual({ hops: [] });
  });

  it("writes fractions of a second in six digits", () => {
    expect(documentOf({}, new Date("2017-01-01T01:00:00.250Z")).utctimestamp).toBe("2017-01-01T01:00:00.250000+00:00");
  });

  it.each([
    ["summary", ""],
    ["summary", undefined],
    ["category", 5],
    ["tags", "ssh"],
    ["tags", [1]],
    ["severity", "warning"],
    ["events", [{ _id: "a" }]],
    ["url", 5],
    ["channel", {}],
    ["notify_mozdefbot", "yes"],
    ["details", "x"],
    ["sumary", "x"],
  ])("refuses %s %j and names it", (key, value) => {
    const make = () => documentOf({ [key]: value });
    expect(make).toThrow(AlertError);
    expect(make).toThrow(`MyAlert returned an alert with a wrong "${key}"`);
  });
});

describe("notifies", () => {
  it.each([
    [{ severity: "CRITICAL" }, true],
    [{ severity: "WARNING" }, true],
    [{ severity: "DEBUG" }, true],
    [{ severity: "NOTICE" }, false],
    [{ severity: "INFO" }, false],
    [{ severity: "INFO", channel: "#c" }, true],
    [{ severity: "INFO", channel: "" }, false],
    [{ severity: "INFO", notify_mozdefbot: true }, true],
    [{ severity: "CRITICAL", channel: "#c", notify_mozdefbot: false }, false],
    [{ severity: "CRITICAL", notify_mozdefbot: null }, true],
  ])("%j: %s", (alert, expected) => {
    expect(notifies(alert)).toBe(expected);
  });
});

describe("an alert that cannot be stored as it is", () => {
  const cycle: Record<string, unknown> = {};
  cycle.itself = cycle;
  it.each([
    ["a BigInt", { details: { n: 1n } }, "JSON has no BigInt, such as 1n"],
    ["a cycle", { details: cycle }, "it is nested deeper than 100 levels, or within itself"],
    ["an event with one", { events: [hit("a", { n: 1n })] }, "JSON has no BigInt, such as 1n"],
    [
      "its own JSON that throws",
      { details: { at: new Date(Number.NaN), own: { toJSON: () => assertNever() } } },
      "no JSON of this",
    ],
  ])("is refused for %s", (_what, changes, reason) => {
    expect(() => documentOf(changes)).toThrow(
      `MyAlert returned an alert that cannot be stored. Expected: values that JSON has. Received: ${reason}.`,
    );
  });

  const assertNever = (): never => {
    throw new Error("no JSON of this");
  };

  it("is cut where texts of its events have made it too large, and says so", () => {
    const long = "x".repeat(600_000);
    const document = documentOf({ summary: `login of ${long}`, details: { user: long, list: [long, 1] } });
    expect(document.summary).toHaveLength(10_001);
    expect(document.details).toEqual({ user: `${"x".repeat(10_000)}…`, list: [`${"x".repeat(10_000)}…`, 1] });
    expect(document.errors).toEqual(["Texts of this alert are cut after 10000 characters: it was too large."]);
    const many = documentOf({ details: Object.fromEntries(Array.from({ length: 200 }, (_, at) => [at, long])) });
    expect(many).not.toHaveProperty("details");
    expect(many.errors).toContain("Its details are left out, too.");
  });

  it("carries as many events as have room, and says how many are left out", () => {
    const events = Array.from({ length: 10 }, (_, at) => hit(String(at), { summary: "x".repeat(3_000_000) }));
    const document = documentOf({ events });
    expect(document.events.map(({ documentid }) => documentid)).toEqual(["0", "1", "2"]);
    expect(document.errors).toEqual(["7 of 10 events are left out: together they are too large."]);
  });
});
