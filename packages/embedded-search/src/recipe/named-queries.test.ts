import { expect, it } from "vitest";
import { ApiError } from "../errors/api-error.ts";
import type { Json } from "../json/json.ts";
import { parseQuery } from "./parse-query.ts";

it.each<[query: string, body: Json]>([
  ["match_all", { _name: "n" }],
  ["match_none", { _name: "n" }],
  ["bool", { must: [], _name: "n" }],
  ["constant_score", { filter: { match_all: {} }, _name: "n" }],
  ["dis_max", { queries: [{ match_all: {} }], _name: "n" }],
  ["ids", { values: ["1"], _name: "n" }],
  ["term", { f: { value: "x", _name: "n" } }],
  ["term", { f: "x", _name: "n" }],
  ["terms", { f: ["x"], _name: "n" }],
  ["exists", { field: "f", _name: "n" }],
  ["range", { f: { gt: 1, _name: "n" } }],
  ["match", { f: { query: "x", _name: "n" } }],
  ["match_phrase", { f: { query: "x", _name: "n" } }],
  ["wildcard", { f: { value: "x", _name: "n" } }],
  ["prefix", { f: { value: "x", _name: "n" } }],
  ["regexp", { f: { value: "x", _name: "n" } }],
  ["fuzzy", { f: { value: "x", _name: "n" } }],
  ["query_string", { query: "x", _name: "n" }],
  ["simple_query_string", { query: "x", _name: "n" }],
])("%s refuses a name, since answers do not say which query has matched: %j", (query, body) => {
  const parse = () => parseQuery({ [query]: body });
  expect(parse).toThrow(expect.objectContaining({ status: 501, message: expect.stringContaining("_name") }));
  expect(parse).toThrow(ApiError);
});
