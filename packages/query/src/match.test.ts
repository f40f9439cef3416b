import { describe, expect, it } from "vitest";
import {
  all,
  any,
  BooleanMatch,
  ExistsMatch,
  fieldNamed,
  LessThanMatch,
  PhraseMatch,
  PrefixMatch,
  QueryError,
  QueryStringMatch,
  RangeMatch,
  RegexpMatch,
  SubnetMatch,
  TermMatch,
  TermsMatch,
  WildcardMatch,
} from "./index.ts";

const thrownBy = (work: () => unknown): QueryError => {
  try {
    work();
  } catch (error) {
    if (error instanceof QueryError) return error;
    throw error;
  }
  throw new Error("nothing was thrown");
};

describe("clauses", () => {
  it("are frozen nodes with their kind", () => {
    const nodes = [
      TermMatch("category", "syslog"),
      TermsMatch("summary", ["login"]),
      PhraseMatch("summary", "session opened"),
      ExistsMatch("details.username"),
      WildcardMatch("details.actor", "*bind*"),
      PrefixMatch("details.path", "/etc/"),
      RegexpMatch("hostname", "web[0-9]+"),
      QueryStringMatch("tags:auth0"),
      LessThanMatch("utctimestamp", new Date(0)),
      RangeMatch("details.sourceipaddress", "10.0.0.0", "10.0.0.9"),
      SubnetMatch("details.sourceipaddress", "10.0.0.0/8"),
      any(TermMatch("category", "a")),
    ];
    expect(nodes.map(({ kind }) => kind)).toEqual(
      "term terms phrase exists wildcard prefix regexp queryString lessThan range subnet boolean".split(" "),
    );
    expect(nodes.every((node) => Object.isFrozen(node))).toBe(true);
  });

  it("keep their own copy of a list", () => {
    const values = ["a"];
    const clause = TermsMatch("tags", values);
    values.push("b");
    expect(clause.values).toEqual(["a"]);
  });

  it("are equal data when they ask the same", () => {
    expect(RangeMatch("details.x", "a", "b")).toEqual(RangeMatch("details.x", { gte: "a", lte: "b" }));
    expect(TermMatch("category", "a", { ignoreCase: false })).toStrictEqual(TermMatch("category", "a"));
    expect(WildcardMatch("summary", "a*", {})).toStrictEqual(WildcardMatch("summary", "a*"));
    expect(PrefixMatch("summary", "a", { ignoreCase: true })).toEqual({
      kind: "prefix",
      field: "summary",
      text: "a",
      ignoreCase: true,
    });
  });

  it("any and all are booleans", () => {
    const [a, b] = [TermMatch("category", "a"), TermMatch("category", "b")];
    expect(any(a, b)).toEqual(BooleanMatch({ should: [a, b] }));
    expect(all(a, b)).toEqual(BooleanMatch({ must: [a, b] }));
  });
});

describe("invalid input", () => {
  it.each([
    "",
    " ",
    "details.",
    ".summary",
    "details..x",
    "details.*",
    "a b",
    'details."x"',
    "x".repeat(1_001),
    5,
    null,
    undefined,
  ])("refuses the field name %j", (name) => {
    const error = thrownBy(() => TermMatch(fieldNamed(name as string), "x"));
    expect(error.code).toBe("QUERY_FIELD_INVALID");
    expect(error.message).toContain("Received: ");
  });

  it.each([undefined, null, Number.NaN, Number.POSITIVE_INFINITY, {}, ["a"]])("refuses %j as a value", (value) => {
    expect(thrownBy(() => TermMatch("category", value as string)).code).toBe("QUERY_VALUE_INVALID");
    expect(thrownBy(() => PhraseMatch("category", value as string)).message).toMatch(/^PhraseMatch needs/);
  });

  it("refuses an empty list of values, which would match nothing", () => {
    const error = thrownBy(() => TermsMatch("tags", []));
    expect(error.code).toBe("QUERY_VALUES_EMPTY");
    expect(error.message).toContain("Received: []");
  });

  it("refuses empty patterns and query strings", () => {
    expect(thrownBy(() => WildcardMatch("details.x", "")).code).toBe("QUERY_VALUE_INVALID");
    expect(thrownBy(() => QueryStringMatch("  ")).message).toBe(
      'QueryStringMatch needs a non-empty string. Received: "  ".',
    );
  });

  it("refuses bounds that are not times", () => {
    expect(thrownBy(() => LessThanMatch("utctimestamp", new Date("nonsense"))).message).toContain("an invalid Date");
    expect(thrownBy(() => RangeMatch("utctimestamp", "", "now")).code).toBe("QUERY_VALUE_INVALID");
  });

  it("refuses a number as a bound of a field that is known not to be one", () => {
    const error = thrownBy(() => RangeMatch(fieldNamed("hostname"), 0, 5));
    expect(error.code).toBe("QUERY_VALUE_INVALID");
    expect(error.message).toBe(
      "RangeMatch needs a field of kind long, double or date for a number as bound: hostname is keyword. Received: 0.",
    );
    expect(thrownBy(() => LessThanMatch(fieldNamed("details.sourceport"), 1_024)).message).toMatch(/^LessThanMatch/);
    expect(RangeMatch(fieldNamed("details.bytes"), 0, 5)).toMatchObject({ gte: 0, lte: 5 });
    expect(LessThanMatch("utctimestamp", 5)).toMatchObject({ value: 5 });
    expect(RangeMatch("hostname", "0", "5")).toMatchObject({ gte: "0", lte: "5" });
  });

  it.each([
    [{}, "Received: none."],
    [{ gt: 1, gte: 1 }, 'Received: ["gt","gte"].'],
    [{ lt: 1, lte: 1, gt: 0 }, 'Received: ["lt","lte","gt"].'],
    [{ from: 1 }, 'Received: ["from"].'],
    [{ gte: undefined }, "Received: undefined."],
    [{ gte: 1, lt: null }, "Received: null."],
  ])("refuses the bounds %j", (bounds, message) => {
    const error = thrownBy(() => RangeMatch("utctimestamp", bounds as never));
    expect(error.code).toBe("QUERY_VALUE_INVALID");
    expect(error.message).toContain(message);
  });

  it("refuses a named bound that its field has no order for", () => {
    expect(thrownBy(() => RangeMatch(fieldNamed("hostname"), { gt: 5 })).message).toContain("hostname is keyword");
    expect(RangeMatch("utctimestamp", { gt: 5, lte: new Date(6) })).toMatchObject({ gt: 5, lte: new Date(6) });
  });

  it.each([
    ["summary", "summary is text, whose words are compared in lower case anyway"],
    ["details.sourceipaddress", "details.sourceipaddress is ip, which has no case"],
    ["details.success", "details.success is boolean, which has no case"],
  ])("refuses to ignore the case of %s", (field, message) => {
    const error = thrownBy(() => TermMatch(fieldNamed(field), "x", { ignoreCase: true }));
    expect(error.code).toBe("QUERY_VALUE_INVALID");
    expect(error.message).toContain(message);
  });

  it.each([{ ignorecase: true }, { ignoreCase: "yes" }, null, true])("refuses %j as options", (options) => {
    expect(thrownBy(() => PrefixMatch("hostname", "a", options as never)).message).toContain("{ ignoreCase: true }");
  });

  it.each(["10.0.0.0", "10.0.0.0/33", "10.0.0/8", "nonsense", "10.0.0.0/", "2001:db8::/129", ""])(
    "refuses the network %j",
    (cidr) => {
      expect(thrownBy(() => SubnetMatch("details.sourceipaddress", cidr)).code).toBe("QUERY_CIDR_INVALID");
    },
  );

  it.each([
    ["10.1.2.3/8", "10.0.0.0/8"],
    ["10.1.1.129/25", "10.1.1.128/25"],
    ["2001:db8::1/32", "2001:db8::/32"],
  ])("names the network meant by %s", (cidr, meant) => {
    expect(thrownBy(() => SubnetMatch("details.sourceipaddress", cidr)).message).toContain(`so ${meant}.`);
  });

  it.each(["10.0.0.0/8", "10.1.1.128/25", "1.2.3.4/32", "0.0.0.0/0", "2001:db8::/32", "::1/128", "fe80::/10"])(
    "takes the network %s",
    (cidr) => {
      expect(SubnetMatch("details.sourceipaddress", cidr).cidr).toBe(cidr);
    },
  );

  it("refuses combinations without a clause, or with something that is not one", () => {
    expect(thrownBy(() => any()).message).toBe("any needs at least one clause. Received: none.");
    expect(thrownBy(() => all()).code).toBe("QUERY_CLAUSES_EMPTY");
    expect(thrownBy(() => BooleanMatch({ must: [] })).code).toBe("QUERY_CLAUSES_EMPTY");
    const error = thrownBy(() => any(TermMatch("category", "a"), undefined as never));
    expect(error.code).toBe("QUERY_CLAUSE_INVALID");
    expect(error.message).toContain("position 1: undefined");
  });

  it("shortens what was received", () => {
    const error = thrownBy(() => QueryStringMatch({ toString: "x".repeat(500) } as never));
    expect(error.message.length).toBeLessThan(300);
    expect(error.message).toContain("characters)");
  });
});
