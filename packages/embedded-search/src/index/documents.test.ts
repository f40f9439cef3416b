import { describe, expect, it } from "vitest";
import { parseDocument } from "../document/parse-document.ts";
import { Mapping } from "../mapping/mapping.ts";
import { parseMapping } from "../mapping/parse-mapping.ts";
import { Documents, type Located } from "./documents.ts";
import { SEGMENT_SIZE } from "./segment.ts";
import { isLive, type Snapshot } from "./snapshot.ts";

const mapping = new Mapping(parseMapping({ properties: { n: { type: "long" } } }));
const parsed = (n: number) => parseDocument(mapping, { id: "x", source: "" }, { n });
const never = () => {
  throw new Error("Nothing had to be read again.");
};

const located = (documents: Documents, id: string): Located => {
  const place = documents.find(id);
  if (!place) throw new Error(`There is no ${id}.`);
  return place;
};

const idsOf = (snapshot: Snapshot): string[] =>
  snapshot.flatMap((view) =>
    Array.from({ length: view.visible }, (_, document) => document)
      .filter((document) => isLive(view, document))
      .map((document) => view.segment.id(document)),
  );

describe("Documents", () => {
  it("shows writes after a refresh and not before", () => {
    const documents = new Documents(true);
    documents.put("a", 0, 1, "{}", parsed(1));
    expect(idsOf(documents.snapshot())).toEqual([]);
    documents.refresh(never);
    expect(idsOf(documents.snapshot())).toEqual(["a"]);
  });

  it("leaves an older snapshot as it was", () => {
    const documents = new Documents(true);
    documents.put("a", 0, 1, "{}", parsed(1));
    documents.put("b", 1, 1, "{}", parsed(2));
    documents.refresh(never);
    const before = documents.snapshot();
    documents.put("a", 2, 2, "{}", parsed(3), located(documents, "a"));
    documents.remove(located(documents, "b"));
    documents.refresh(never);
    expect(idsOf(before)).toEqual(["a", "b"]);
    expect(idsOf(documents.snapshot())).toEqual(["a"]);
  });

  it("writes a full segment again when most of its documents are gone", () => {
    const documents = new Documents(true);
    for (let n = 0; n <= SEGMENT_SIZE; n++) documents.put(`d${n}`, n, 1, "{}", parsed(n));
    documents.refresh(never);
    const before = documents.snapshot();
    for (let n = 0; n < SEGMENT_SIZE - 3; n++) documents.remove(located(documents, `d${n}`));
    documents.refresh((segment, numbers) =>
      numbers.map((document) => ({ source: "{}", parsed: parsed(segment.sequence(document)) })),
    );
    expect(documents.snapshot()[0]?.visible).toBe(3);
    expect(idsOf(documents.snapshot())).toEqual([-3, -2, -1, 0].map((n) => `d${SEGMENT_SIZE + n}`));
    expect(documents.find(`d${SEGMENT_SIZE - 1}`)?.segment.sequence(2)).toBe(SEGMENT_SIZE - 1);
    expect(before[0]?.visible).toBe(SEGMENT_SIZE);
  });
});
