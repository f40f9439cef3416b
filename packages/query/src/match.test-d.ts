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
    "details.finding.createdat": "date";
    "details.peeraddress": "ip";
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
  });

  it("values that are no scalars", () => {
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
