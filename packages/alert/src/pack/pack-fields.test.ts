import type { FieldKinds } from "@mozdef/query";
import { describe, expect, it } from "vitest";
import { fieldsOfPacks } from "./pack-fields.ts";

const pack = (source: string, fields: FieldKinds) => ({ source, pack: { fields } });
const messages = (...packs: readonly ReturnType<typeof pack>[]): readonly string[] =>
  fieldsOfPacks(packs).conflicts.map(({ source, error }) => `${source}: ${error.code}: ${error.message}`);

describe("fieldsOfPacks", () => {
  it("merges what packs declare, alike declarations once", () => {
    expect(
      fieldsOfPacks([
        pack("a", { "details.bytes": "long", vendor: "keyword" }),
        pack("b", { "details.bytes": "long", "details.success": "boolean", "vendor.id": "long" }),
      ]),
    ).toEqual({
      fields: { "details.bytes": "long", vendor: "keyword", "details.success": "boolean", "vendor.id": "long" },
      conflicts: [],
    });
  });

  it("names both packs that disagree, and keeps what the first one says", () => {
    const packs = [pack("a", { "details.bytes": "long" }), pack("b", { "details.bytes": "keyword", vendor: "ip" })];
    expect(messages(...packs)).toEqual([
      "b: PACK_FIELD_CONFLICT: b declares details.bytes as keyword, but a declares details.bytes as long. A field has one kind: change one of the two declarations, or leave one of the packs out.",
    ]);
    expect(fieldsOfPacks(packs).fields).toEqual({ "details.bytes": "long", vendor: "ip" });
  });

  it("takes MozDef's own fields as declared before all packs", () => {
    expect(messages(pack("a", { hostname: "text" }))[0]).toContain("a declares hostname as text, but MozDef declares");
  });

  it("refuses a field below one that is a value, and the other way round", () => {
    expect(messages(pack("a", { "details.sourceipaddress.owner": "keyword" }))[0]).toContain(
      "MozDef declares details.sourceipaddress as ip",
    );
    expect(messages(pack("a", { "details.x.y": "keyword" }), pack("b", { "details.x": "date" }))[0]).toContain(
      "b declares details.x as date, but a declares details.x.y as keyword",
    );
  });
});
