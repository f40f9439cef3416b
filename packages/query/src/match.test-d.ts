import { describe, expectTypeOf, it } from "vitest";
import {
  fieldNamed,
  type KindOf,
  LessThanMatch,
  PhraseMatch,
  PrefixMatch,
  RangeMatch,
  RegexpMatch,
  SubnetMatch,
  TermMatch,
  TermsMatch,
  WildcardMatch,
} from "@mozdef/query";

declare module "@mozdef/query" {
  interface EventFields {
    "details.bytes": "long";
    "details.finding.createdat": "date";
    "details.peeraddress": "ip";
    "details.ratio": "double";
  }
}

/** As packs do that give the same to `definePack`. */
const fields = { "details.finding.closedat": "date" } as const;
type Fields = typeof fields;

declare module "@mozdef/query" {
  // eslint-disable-next-line @typescript-eslint/no-empty-object-type -- it adds what a value says
  interface EventFields extends Fields {}
}

describe("fields by kind", () => {
  it("takes details without an entry as keyword", () => {
    expectTypeOf<KindOf<"details.anything">>().toEqualTypeOf<"keyword">();
    expectTypeOf<KindOf<"details.sourceipaddress">>().toEqualTypeOf<"ip">();
  });

  it("takes what a pack declares by merging", () => {
    expectTypeOf<KindOf<"details.finding.createdat">>().toEqualTypeOf<"date">();
    expectTypeOf(fields["details.finding.closedat"]).toEqualTypeOf<KindOf<"details.finding.closedat">>();
    SubnetMatch("details.peeraddress", "10.0.0.0/8");
  });

  it("takes bounds by kind", () => {
    RangeMatch("details.bytes", 1, 1_000);
    LessThanMatch("details.ratio", 0.5);
    LessThanMatch("utctimestamp", 1_483_232_400_000);
    RangeMatch("utctimestamp", new Date(0), "2017-01-01T00:00:00Z");
    RangeMatch("details.version", "1", "2");
    LessThanMatch("details.sourceipaddress", "10.0.0.1");
    TermMatch("details.bytes", 5);
    LessThanMatch(fieldNamed("details.bytes"), 5);
  });

  it("takes named bounds by kind, any that there are", () => {
    RangeMatch("details.bytes", { gt: 1 });
    RangeMatch("details.bytes", { gte: 1, lt: 1_000 });
    RangeMatch("utctimestamp", { lte: new Date(0) });
    RangeMatch("utctimestamp", { gt: "2017-01-01T00:00:00Z", lte: 1_483_232_400_000 });
    RangeMatch("details.version", { gte: "1" });
    RangeMatch(fieldNamed("details.bytes"), { lt: 5 });
  });

  it("takes patterns on keywords and text, with or without case", () => {
    PrefixMatch("hostname", "web", { ignoreCase: true });
    RegexpMatch("summary", "fail(ed|ure)");
    WildcardMatch("summary", "Fail*", { ignoreCase: true });
    TermMatch("category", "syslog", { ignoreCase: true });
    TermMatch(fieldNamed("details.x"), "a", { ignoreCase: false });
  });

  it("takes names known at run time only through fieldNamed", () => {
    const name = "details.x" as string;
    // @ts-expect-error -- a string may be any name
    TermMatch(name, "x");
    TermMatch(fieldNamed(name), "x");
  });
});

describe("wrong uses do not compile", () => {
  it("an unknown field at the top level", () => {
    // @ts-expect-error -- the top level is closed: a typing error there matches nothing, for ever
    TermMatch("hostnme", "x");
  });

  it("a range on text", () => {
    // @ts-expect-error -- words have no order
    RangeMatch("summary", "a", "b");
    // @ts-expect-error -- words have no order
    LessThanMatch("summary", "a");
  });

  it("a number as a bound of a field that is neither a number nor a date", () => {
    // @ts-expect-error -- a keyword is compared as text: "9" comes after "10"
    RangeMatch("details.sourceport", 0, 1_023);
    // @ts-expect-error -- details without an entry are keywords
    LessThanMatch("details.anything", 5);
    // @ts-expect-error -- an address has its own order
    LessThanMatch("details.sourceipaddress", 5);
    // @ts-expect-error -- numbers are compared with numbers
    RangeMatch("details.bytes", "1", "2");
    // @ts-expect-error -- no order
    RangeMatch("details.success", 0, 1);
  });

  it("a named bound that its field has no order for", () => {
    // @ts-expect-error -- a keyword is compared as text: "9" comes after "10"
    RangeMatch("details.sourceport", { gte: 0 });
    // @ts-expect-error -- an address has its own order
    RangeMatch("details.sourceipaddress", { lt: 5 });
    // @ts-expect-error -- numbers are compared with numbers
    RangeMatch("details.bytes", { gt: "1" });
    // @ts-expect-error -- words have no order
    RangeMatch("summary", { gt: "a" });
  });

  it("bounds that say nothing, or the same side twice", () => {
    // @ts-expect-error -- every value would fit
    RangeMatch("details.bytes", {});
    // @ts-expect-error -- which of them?
    RangeMatch("details.bytes", { gt: 1, gte: 1 });
    // @ts-expect-error -- which of them?
    RangeMatch("details.bytes", { gt: 1, lt: 5, lte: 5 });
    // @ts-expect-error -- one bound in a row may be either
    RangeMatch("details.bytes", 1);
    // @ts-expect-error -- no such bound
    RangeMatch("details.bytes", { from: 1 });
  });

  it("ignoring the case of what has none that counts", () => {
    // @ts-expect-error -- words are compared in lower case anyway
    TermMatch("summary", "failed", { ignoreCase: true });
    // @ts-expect-error -- an address has no case
    TermMatch("details.sourceipaddress", "::A", { ignoreCase: true });
    // @ts-expect-error -- no such option
    PrefixMatch("hostname", "web", { ignorecase: true });
  });

  it("a subnet on a keyword", () => {
    // @ts-expect-error -- a keyword is compared as text
    SubnetMatch("details.sourceipv4address", "10.0.0.0/8");
    // @ts-expect-error -- details without an entry are keywords
    SubnetMatch("details.client", "10.0.0.0/8");
  });

  it("a wildcard on an address, a date or a boolean", () => {
    // @ts-expect-error -- the server refuses it
    WildcardMatch("details.sourceipaddress", "10.*");
    // @ts-expect-error -- the server refuses it
    PrefixMatch("details.sourceipaddress", "10.");
    // @ts-expect-error -- the server refuses it
    RegexpMatch("details.bytes", "1.*");
    // @ts-expect-error -- the server refuses it
    WildcardMatch("utctimestamp", "2017*");
    // @ts-expect-error -- the server refuses it
    WildcardMatch("details.success", "t*");
    // @ts-expect-error -- the server refuses it
    WildcardMatch("details.bytes", "1*");
  });

  it("values that are not scalars", () => {
    // @ts-expect-error -- null matches nothing and fails the search
    TermMatch("category", null);
    // @ts-expect-error -- a list belongs to TermsMatch
    PhraseMatch("category", ["a"]);
    // @ts-expect-error -- a single value belongs to TermMatch
    TermsMatch("category", "a");
    // @ts-expect-error -- a geo point has no phrase
    PhraseMatch("details.sourceipgeopoint", "1,2");
  });
});
