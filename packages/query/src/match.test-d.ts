import { describe, expectTypeOf, it } from "vitest";
import {
  fieldNamed,
  type KindOf,
  LessThanMatch,
  PhraseMatch,
  RangeMatch,
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
