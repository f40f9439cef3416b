import { describe, expect, it } from "vitest";
import { eventField } from "../names/event-field.ts";
import { readSampleEvent } from "../event/sample-event.ts";
import { fieldValues, withValue } from "./field-values.ts";
import { fill } from "./fill.ts";
import { literal } from "./literal.ts";
import { blanked, closingOf } from "./source-scan.ts";

describe("fill", () => {
  it("does not look again at what it has put in", () => {
    expect(
      fill("a b", [
        ["a", "b"],
        ["b", "a"],
      ]),
    ).toBe("b a");
  });
  it("prefers the longer fragment", () => {
    expect(
      fill("alert-x", [
        ["alert", "1"],
        ["alert-x", "2"],
      ]),
    ).toBe("2");
  });
  it.each(["", "x x"])("refuses a template with %j where one x is required", (template) => {
    expect(() => fill(template, [], [["x", "y"]])).toThrow(expect.objectContaining({ code: "CREATE_TEMPLATE_BROKEN" }));
  });
});

describe("literal", () => {
  it("writes what fits on one line", () => {
    expect(literal({ a: [1, "x"], "b-c": null, d: {} })).toBe('{ a: [1, "x"], "b-c": null, d: {} }');
  });
  it("breaks what does not", () => {
    const long = "x".repeat(110);
    expect(literal({ a: long, b: 1 }, 1)).toBe(`{\n    a: "${long}",\n    b: 1,\n  }`);
  });
  it("keeps a key named __proto__ a key, and text in its quotes", () => {
    const text = literal(JSON.parse('{"__proto__":{"a":"\\"`${x}\\n"}}'));
    expect(text).toBe('{ ["__proto__"]: { a: "\\"`${x}\\n" } }');
  });
});

describe("source scan", () => {
  it("blanks strings, templates and comments, and keeps positions", () => {
    const code = "a(\"}\", '}', `}\n`) // }\n/* } */ b";
    expect(blanked(code)).toHaveLength(code.length);
    expect(blanked(code).replaceAll(/\s/g, "")).toBe("a(,,)b");
  });
  it("finds the closing bracket", () => {
    expect(closingOf("{ a: [{}] } }", 0)).toBe(10);
    expect(closingOf("{ a: (} )", 0)).toBe(-1);
    expect(closingOf("{", 0)).toBe(-1);
  });
});

describe("fieldValues", () => {
  const sample = readSampleEvent(
    '{"category":"c","details":{"sourceipaddress":"192.0.2.8","n":5,"on":false,"list":[1]}}',
    "event.json",
  );
  it.each([
    ["details.sourceipaddress", "192.0.2.8", "192.0.2.7"],
    ["details.n", 5, 6],
    ["details.on", false, true],
    ["details.list", "one", "another"],
    ["details.missing", "one", "another"],
  ])("%s: %s and %s", (name, first, second) => {
    expect(fieldValues(eventField(name), sample)).toEqual([first, second]);
  });
  it("puts a value in, also where a text is in the way", () => {
    expect(withValue({ details: { a: "x", b: 1 } }, ["details", "a", "c"], "v")).toEqual({
      details: { a: { c: "v" }, b: 1 },
    });
  });
});
