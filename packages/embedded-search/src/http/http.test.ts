import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { Router } from "../api/router.ts";
import { ApiError } from "../errors/api-error.ts";
import { decodeBody, MAX_BODY_BYTES } from "./decode-body.ts";
import { filterByPath } from "./filter-path.ts";
import { Parameters } from "./parameters.ts";
import { prettyJson } from "./pretty-json.ts";

const statusOf = (work: () => unknown): number => {
  try {
    work();
  } catch (error) {
    if (error instanceof ApiError) return error.status;
    throw error;
  }
  return 200;
};

describe("bodies", () => {
  it("are unpacked", () => {
    expect(decodeBody(gzipSync("{}"), "gzip")).toBe("{}");
    expect(decodeBody(undefined, undefined)).toBe("");
  });

  it("are refused when they are not what they say, or too long", () => {
    expect(statusOf(() => decodeBody(Buffer.from("{}"), "gzip"))).toBe(400);
    expect(statusOf(() => decodeBody(Buffer.from("{}"), "br"))).toBe(415);
    expect(statusOf(() => decodeBody(Buffer.from([0x22, 0xff, 0x22]), undefined))).toBe(400);
    expect(statusOf(() => decodeBody(gzipSync(Buffer.alloc(MAX_BODY_BYTES + 1)), "gzip"))).toBe(413);
  });
});

describe("filter_path", () => {
  const json = { took: 1, hits: { total: 2, hits: [{ _id: "a", _source: { x: 1 } }, { _id: "b" }] } };

  it.each([
    ["took,hits.hits._id", { took: 1, hits: { hits: [{ _id: "a" }, { _id: "b" }] } }],
    ["**.x", { hits: { hits: [{ _source: { x: 1 } }] } }],
    ["-hits.hits,-took", { hits: { total: 2 } }],
    ["h*.to*", { hits: { total: 2 } }],
  ])("%s", (paths, expected) => expect(filterByPath(json, paths)).toEqual(expected));

  it("can leave nothing", () => expect(filterByPath(json, "nope")).toBeUndefined());
});

describe("parameters", () => {
  it("that nobody reads are refused by name", () => {
    const parameters = new Parameters(
      new Map([
        ["size", "1"],
        ["pretty", ""],
        ["foo", "1"],
        ["bar", "2"],
      ]),
    );
    expect(parameters.integer("size")).toBe(1);
    expect(() => parameters.end("/a")).toThrow("request [/a] contains unrecognized parameters: [bar], [foo]");
  });

  it("have to be what they are", () => {
    const parameters = new Parameters(
      new Map([
        ["size", "x"],
        ["flag", "maybe"],
        ["on", ""],
      ]),
    );
    expect(statusOf(() => parameters.integer("size"))).toBe(400);
    expect(statusOf(() => parameters.flag("flag", false))).toBe(400);
    expect(parameters.flag("on", false)).toBe(true);
  });
});

describe("Router", () => {
  const handler = (): never => {
    throw new Error("Not called.");
  };
  const route = (path: string, ...methods: string[]) => ({ path, methods, handler });
  const router = new Router([
    route("/_search", "GET"),
    route("/{index}", "PUT", "GET"),
    route("/{index}/_doc/{id}", "GET"),
  ]);

  it("prefers fixed parts and names the others", () => {
    expect(router.find("GET", ["_search"])).toMatchObject({ kind: "route", parts: new Map() });
    expect(router.find("GET", ["a", "_doc", "_b"])).toMatchObject({
      parts: new Map([
        ["index", "a"],
        ["id", "_b"],
      ]),
    });
  });

  it("tells a wrong method from an unknown path", () => {
    expect(router.find("POST", ["a"])).toEqual({ kind: "wrong_method", allowed: ["PUT", "GET"] });
    expect(router.find("GET", ["a", "_nope"])).toEqual({ kind: "none" });
  });
});

it("pretty JSON keeps numbers and strings as they are", () => {
  expect(prettyJson('{"a":1.0,"b":["x,\\"{",{}],"c":[]}')).toBe(
    '{\n  "a" : 1.0,\n  "b" : [\n    "x,\\"{",\n    { }\n  ],\n  "c" : [ ]\n}',
  );
});
