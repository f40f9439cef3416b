import type { estypes } from "@elastic/elasticsearch";
import { saveEvents, type StoreServer } from "@mozdef/alert-store";
import {
  type Clause,
  compile,
  type FieldKinds,
  fieldNamed,
  LessThanMatch,
  RangeMatch,
  SearchQuery,
  SubnetMatch,
  TermMatch,
} from "@mozdef/query";
import { mozdef } from "@mozdef/query/mozdef";
import { describe, expect, it } from "vitest";
import { OLD_SERVER, NOW, openStore } from "./open-store.ts";

type Properties = Readonly<Record<string, estypes.MappingProperty>>;

const flat = (properties: Properties = {}, above = ""): [string, string | undefined][] =>
  Object.entries(properties).flatMap(([name, property]) =>
    "properties" in property
      ? flat(property.properties, `${above}${name}.`)
      : [[above + name, property.type] satisfies [string, string | undefined]],
  );

/** How today's index maps events. */
const mappingWith = async (fields: FieldKinds, server?: StoreServer) => {
  const { client, names } = await openStore({ fields, ...(server && { server }) });
  const index = names.physical("events-20170101");
  const answer = await client.indices.getMapping({ index });
  return Object.fromEntries(flat(answer[index]?.mappings.properties));
};

describe("fields in the template of events", () => {
  it("have MozDef's kinds, all of them, so that no event decides", async () => {
    expect(await mappingWith({})).toEqual({ ...mozdef, unmapped: "keyword" });
  });

  it("leave a keyword with fields below it to dynamic mapping where a value and an object cannot share a name", async () => {
    const old = await mappingWith({ vendor: "keyword", "vendor.score": "double" }, OLD_SERVER);
    expect(old).toEqual({ ...mozdef, "vendor.score": "double", unmapped: "keyword" });
  });

  it("have the kinds that packs declare", async () => {
    const fields = {
      "vendor.name": "keyword",
      "vendor.score": "double",
      "details.bytes": "long",
      "details.deep.seen": "date",
      "details.note": "keyword",
    } as const;
    expect(await mappingWith(fields)).toEqual({ ...(await mappingWith({})), ...fields });
  });

  it("compare numbers as numbers, and keep events whose value is not a number", async () => {
    const store = await openStore({ fields: { "details.bytes": "long" } });
    const events = [9, 10, 100, "200", "many"].map((bytes) => ({ summary: "a", details: { bytes } }));
    const saved = await saveEvents(store, events, { now: NOW });
    expect(saved.every(({ ok }) => ok)).toBe(true);
    await store.client.indices.refresh({ index: store.names.physical("events") });
    const found = async (clause: Clause): Promise<unknown[]> => {
      const { hits } = await store.client.search<{ details: { bytes: unknown } }>({
        index: store.names.physical("events"),
        ...compile(SearchQuery().must(clause), { now: NOW }),
      });
      return hits.hits.map(({ _source }) => _source?.details.bytes).sort();
    };
    expect(await found(LessThanMatch(fieldNamed("details.bytes"), 10))).toEqual([9]);
    expect(await found(RangeMatch(fieldNamed("details.bytes"), 10, 200))).toEqual([10, 100, "200"]);
  });

  it("are found by each value of a list, wherever the list is", async () => {
    const store = await openStore();
    const lists = { tags: ["a", "b"], details: { sources: ["c", "d"], sourceipaddress: ["192.0.2.7", "2001:db8::7"] } };
    await saveEvents(store, [{ summary: "s", ...lists }], { now: NOW, refresh: true });
    const count = async (clause: Clause): Promise<unknown> => {
      const index = store.names.physical("events");
      return (await store.client.count({ index, ...compile(SearchQuery().must(clause), { now: NOW }) })).count;
    };
    const asked = [["tags", "b"] as const, ["details.sources", "d"] as const].map(([field, value]) =>
      TermMatch(field, value),
    );
    const inNetworks = ["192.0.2.0/24", "2001:db8::/32"].map((cidr) => SubnetMatch("details.sourceipaddress", cidr));
    expect(await Promise.all([...asked, ...inNetworks].map(count))).toEqual([1, 1, 1, 1]);
  });
});
