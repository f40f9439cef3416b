import { describe, expect, it } from "vitest";
import { askServer, type RawAnswer } from "./ask-server.ts";
import { featuresOf } from "./features.ts";

const ELASTIC = { "x-elastic-product": "Elasticsearch" };
const METHOD_NOT_ALLOWED: RawAnswer = {
  statusCode: 405,
  headers: ELASTIC,
  body: { error: "Incorrect HTTP method for uri [/] and method [GET], allowed: [DELETE]", status: 405 },
};
const forbidden = (reason: string, headers = {}): RawAnswer => ({
  statusCode: 403,
  headers,
  body: { error: { type: "security_exception", reason }, status: 403 },
});
const NOT_AUTHORIZED = forbidden("action [cluster:monitor/main] is unauthorized for user [reader]", ELASTIC);
const NO_PERMISSIONS = forbidden("no permissions for [cluster:monitor/main] and User [name=reader]");
const UNKNOWN_VERSION: RawAnswer = {
  statusCode: 400,
  headers: ELASTIC,
  body: { error: { reason: "Accept version must be either version 9 or 8, but found 99." }, status: 400 },
};
const root = (version: object, tagline = "You Know, for Search"): RawAnswer => ({
  statusCode: 200,
  headers: {},
  body: { version, tagline },
});

interface Answers {
  readonly root: RawAnswer;
  readonly node?: RawAnswer;
  readonly badVersion?: RawAnswer;
}

const askOne = ({ root: first, node, badVersion }: Answers) =>
  askServer((path, _querystring, accept) => {
    const answer = path !== "/" ? node : accept.includes("99") ? badVersion : first;
    return Promise.resolve(answer ?? first);
  });

describe("askServer", () => {
  it.each<[string, Answers, string, string | null]>([
    ["Elasticsearch, by its root", { root: root({ number: "9.5.3" }) }, "elasticsearch", "9.5.3"],
    ["OpenSearch, by its root", { root: root({ number: "3.6.0", distribution: "opensearch" }) }, "opensearch", "3.6.0"],
    [
      "OpenSearch that calls itself 7.10 for old clients",
      { root: root({ number: "7.10.2" }, "The OpenSearch Project: https://opensearch.org/") },
      "opensearch",
      null,
    ],
    [
      "a build without a root",
      {
        root: METHOD_NOT_ALLOWED,
        node: { statusCode: 200, headers: ELASTIC, body: { nodes: { a: { version: "8.19.5" } } } },
      },
      "elasticsearch",
      "8.19.5",
    ],
    [
      "Elasticsearch, with a credential that may only read indices",
      { root: NOT_AUTHORIZED, badVersion: UNKNOWN_VERSION },
      "elasticsearch",
      "9",
    ],
    [
      "OpenSearch 3, with a credential that may only read indices",
      { root: forbidden("no permissions", { "x-opensearch-version": "OpenSearch/3.6.0 (opensearch)" }) },
      "opensearch",
      "3.6.0",
    ],
    ["OpenSearch 2, with a credential that may only read indices", { root: NO_PERMISSIONS }, "opensearch", null],
  ])("knows %s", async (_what, answers, family, version) => {
    expect(await askOne(answers)).toMatchObject({ family, version });
  });

  it.each<[string, RawAnswer, string, string]>([
    ["something else", { statusCode: 200, headers: {}, body: "<html>It works!" }, "STORE_UNSUPPORTED", "It works!"],
    ["a forbidden page", { statusCode: 403, headers: {}, body: "go away" }, "STORE_UNSUPPORTED", "go away"],
    ["an old Elasticsearch", root({ number: "7.17.9" }), "STORE_UNSUPPORTED", "elasticsearch 8 or newer"],
    [
      "an old OpenSearch",
      root({ number: "1.3.0", distribution: "opensearch" }),
      "STORE_UNSUPPORTED",
      "opensearch 2 or newer",
    ],
    ["an unknown credential", { statusCode: 401, headers: {}, body: "Unauthorized" }, "STORE_REFUSED", "credential"],
    ["a server in trouble", { statusCode: 503, headers: {}, body: "starting" }, "STORE_UNAVAILABLE", "starting"],
  ])("refuses %s", async (_what, answer, code, message) => {
    await expect(askOne({ root: answer })).rejects.toThrow(
      expect.objectContaining({ code, message: expect.stringContaining(message) }),
    );
  });
});

describe("featuresOf", () => {
  it("knows a serverless project, which has no shards to speak of", async () => {
    const server = await askOne({ root: root({ number: "8.11.0", build_flavor: "serverless" }) });
    expect(server).toMatchObject({ family: "elasticsearch", features: { subobjects: true, shardSettings: false } });
  });

  it("knows what came with which version", () => {
    expect(featuresOf("elasticsearch", "8.9.0")).toMatchObject({ subobjects: false, ignoreDynamicBeyondLimit: false });
    expect(featuresOf("elasticsearch", "8.10.0")).toMatchObject({ subobjects: true, ignoreDynamicBeyondLimit: false });
    expect(featuresOf("elasticsearch", "9")).toMatchObject({ subobjects: true, ignoreDynamicBeyondLimit: true });
    expect(featuresOf("opensearch", "3.6.0")).toMatchObject({ subobjects: false, ignoreDynamicBeyondLimit: false });
  });

  it("counts on nothing while the version is not known", () => {
    expect(featuresOf("elasticsearch", null)).toMatchObject({ subobjects: false, ignoreDynamicBeyondLimit: false });
    expect(featuresOf("opensearch", null)).toMatchObject({ subobjects: false, ignoreDynamicBeyondLimit: false });
  });
});
