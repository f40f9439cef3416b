import { describe, expect, it } from "vitest";
import { prefixer } from "./prefix-requests.ts";

const { path, body, answer } = prefixer("p-");

describe("paths", () => {
  it.each([
    ["/events/_search", "/p-events/_search"],
    ["/events%2Cevents-previous/_search", "/p-events,p-events-previous/_search"],
    ["/events,-events-1/_search", "/p-events,-p-events-1/_search"],
    ["/_all/_refresh", "/p-*/_refresh"],
    ["/*", "/p-*"],
    ["/events-20170101/_doc/a%2Fb", "/p-events-20170101/_doc/a%2Fb"],
    ["/_index_template/mozdef-events", "/_index_template/p-mozdef-events"],
    ["/_bulk", "/_bulk"],
    ["/", "/"],
    ["/_cluster/health", "/_cluster/health"],
  ])("%s", (from, to) => {
    expect(path(from)).toBe(to);
  });
});

describe("bodies", () => {
  it("changes the lines of a bulk request that name indices, and no document", () => {
    const lines = [
      '{"index":{"_index":"a"}}',
      '{"_index":"x","index":1.0}',
      '{"delete":{"_index":"b"}}',
      '{"create":{}}',
      "{}",
      "",
    ];
    expect(body("/_bulk", lines.join("\n")).split("\n")).toEqual([
      '{"index":{"_index":"p-a"}}',
      '{"_index":"x","index":1.0}',
      '{"delete":{"_index":"p-b"}}',
      '{"create":{}}',
      "{}",
      "",
    ]);
  });

  it("changes the headers of a multi-search", () => {
    const lines = ['{"index":["a","b"]}', '{"query":{"term":{"index":"a"}}}', ""];
    expect(body("/_msearch", lines.join("\n"))).toBe('{"index":["p-a","p-b"]}\n{"query":{"term":{"index":"a"}}}\n');
  });

  it("changes aliases, templates and mget", () => {
    const actions = { actions: [{ add: { index: "a", alias: "b" } }, { remove: { index: "c-*", aliases: ["d"] } }] };
    expect(JSON.parse(body("/_aliases", JSON.stringify(actions)))).toEqual({
      actions: [{ add: { index: "p-a", alias: "p-b" } }, { remove: { index: "p-c-*", aliases: ["p-d"] } }],
    });
    expect(body("/_index_template/t", '{"index_patterns":["a-*"],"template":{}}')).toBe(
      '{"index_patterns":["p-a-*"],"template":{}}',
    );
    expect(body("/_mget", '{"docs":[{"_index":"a","_id":"a"}]}')).toBe('{"docs":[{"_index":"p-a","_id":"a"}]}');
  });

  it("leaves searches and documents alone", () => {
    const text = '{"query":{"term":{"index":1.0}}}';
    expect(body("/events/_search", text)).toBe(text);
  });

  it("takes the prefix out of answers", () => {
    expect(answer('{"_index":"p-events"}')).toBe('{"_index":"events"}');
  });
});
