import { describe, expect, it } from "vitest";
import type { FieldsView, FieldType, FieldView } from "../mapping/fields-view.ts";
import { parseQueryString } from "../recipe/parse-query-string.ts";
import type { Query } from "../recipe/query.ts";
import { bindQueryString } from "./expand-query-string.ts";

const types: Record<string, FieldType> = { s: "text", k: "keyword", n: "long", d: "date", i: "ip", g: "geo_point" };

const view = (name: string, type: FieldType): FieldView => ({
  name,
  type,
  searchable: type !== "geo_point",
  analyzer: "standard",
});

const views = Object.entries(types).map(([name, type]) => view(name, type));

const mapping: FieldsView = {
  field: (name) => views.find((one) => one.name === name),
  matching: (pattern) => views.filter(({ name }) => pattern === "*" || name === pattern || pattern === `${name}*`),
  isObject: () => false,
};

const values = (query: Query): string =>
  Object.entries(query)
    .filter(([key, value]) => ["gt", "gte", "lt", "lte"].includes(key) && value !== undefined)
    .map(([key, value]) => `${key} ${value as string}`)
    .join(" ");

/** Queries as Lucene prints them. */
const shown = (query: Query): string => {
  switch (query.kind) {
    case "bool":
      return `(${[
        ...query.must.map((one) => `+${shown(one)}`),
        ...query.filter.map((one) => `#${shown(one)}`),
        ...query.should.map(shown),
        ...query.mustNot.map((one) => `-${shown(one)}`),
      ].join(" ")})${query.minimumShouldMatch === undefined ? "" : `~${query.minimumShouldMatch}`}`;
    case "dis_max":
      return `(${query.queries.map(shown).join(" | ")})`;
    case "term":
    case "match":
      return `${query.field}:${query.value as string}`;
    case "match_phrase":
      return `${query.field}:"${query.value as string}"~${query.slop}`;
    case "range":
      return `${query.field}:{${values(query)}}`;
    case "exists":
      return `${query.field}:exists`;
    case "wildcard":
    case "regexp":
      return `${query.field}:${query.kind}<${query.pattern}>`;
    case "prefix":
      return `${query.field}:${query.value}*`;
    case "fuzzy":
      return `${query.field}:${query.value}~${query.fuzziness.kind === "edits" ? query.fuzziness.edits : "auto"}`;
    case "ids":
      return `ids:${query.values.join()}`;
    default:
      return query.kind;
  }
};

const bound = (query: string, options: Record<string, string | boolean | string[]> = {}): string =>
  shown(bindQueryString(parseQueryString({ query, ...options }), { fields: mapping, hasValues: () => true }));

describe("bindQueryString", () => {
  it.each([
    ["s:a AND s:b OR s:c", "(+s:a +s:b s:c)"],
    ["s:a OR s:b AND s:c", "(+s:b +s:c s:a)"],
    ["NOT s:a", "(#match_all -s:a)"],
    ["s:x (-s:a)", "(s:x (#match_all -s:a))"],
    ["s:web-01", "(s:web s:01)"],
    ['s:"web-01"', 's:"web-01"~0'],
    ['s:"Web"', "s:web"],
    ["s:\\-\\-", "match_none"],
    ["s:\\-\\- AND s:a", "(+s:a)"],
    ["s:A*", "s:a*"],
    ["k:A*", "k:A*"],
    ["s:A?b", "s:wildcard<a?b>"],
    ["s:* k:*", "(s:exists k:exists)"],
    ["*:*", "match_all"],
    ["_exists_:k", "k:exists"],
    ["nope:x", "match_none"],
    ["n:>5", "n:{gt 5}"],
    ["n:<=5", "n:{lte 5}"],
    ["s:[A TO B}", "s:{gte a lt b}"],
    ["k:[* TO *]", "k:{gte }"],
    ["d:[* TO 2020]", "d:{lte 2020}"],
    ["s:Helo~", "s:helo~1"],
    ["s:ab~0", "s:ab~0"],
    ["_id:x", "ids:x"],
    ["k:/A.*/", "k:regexp<A.*>"],
    ["n:a*", "match_none"],
    ["x", "(s:x | d:x | i:x | k:x | n:x)"],
    ["x y", "((s:x s:y) | d:x y | i:x y | k:x y | n:x y)"],
  ])("%s", (text, expected) => {
    expect(bound(text)).toBe(expected);
  });

  it("makes words of one text field clauses of their own", () => {
    expect(bound("a b -c", { default_field: "s" })).toBe("(s:a s:b -s:c)");
    expect(bound("a b", { default_field: "s", default_operator: "and" })).toBe("(+s:a +s:b)");
    expect(bound("a OR b", { default_field: "s", default_operator: "AND" })).toBe("(s:a s:b)");
    expect(bound("a b c", { default_field: "s", minimum_should_match: "2" })).toBe("(s:a s:b s:c)~2");
    expect(bound("a b", { fields: ["s^2"] })).toBe("(s:a s:b)");
  });

  it("is lenient only about all fields by default", () => {
    expect(bound("n:/a/", { default_field: "s" })).toBe("n:regexp<a>");
    expect(bound("n:/a/", { default_field: "s", lenient: true })).toBe("match_none");
  });

  it("analyses prefixes when asked", () => {
    expect(bound("s:A-b*", { analyze_wildcard: true })).toBe("(s:a s:b*)");
  });

  it("tells what is wrong with a text", () => {
    expect(() => bound("a:b:c")).toThrow("Failed to parse query [a:b:c]");
    expect(() => bound("k:*a", { allow_leading_wildcard: false })).toThrow("Failed to parse query [k:*a]");
    expect(() => bound("s:x~3")).toThrow("Valid edit distances are [0, 1, 2] but was [3]");
    expect(() => bound("k:/" + "a".repeat(1001) + "/")).toThrow("The length of regex [1001]");
    expect(() => bound("_seq_no:a")).toThrow("_seq_no");
    expect(() => bound("a", { fields: ["s"], default_field: "k" })).toThrow("in conjunction with [default_field]");
  });
});

describe("readQueryString", () => {
  it.each([
    [{ query: "a", analyzer: "standard" }, "[analyzer]"],
    [{ query: "a", nope: 1 }, "does not support [nope]"],
    [{ query: "a", type: "cross_fields" }, "cross_fields"],
    [{ query: "a", fuzziness: "3" }, "was [3]"],
    [{ query: "a", default_operator: "xor" }, "XOR"],
    [{ query: "a", fields: ["s^x"] }, 'For input string: "x"'],
    [{}, "must be provided with a [query]"],
  ])("refuses %j", (body, message) => {
    expect(() => parseQueryString(body)).toThrow(message);
  });
});
