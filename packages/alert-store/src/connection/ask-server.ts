import { isLater, StoreError } from "../store-error.ts";
import { featuresOf, OLDEST_MAJOR, serverlessFeatures } from "./features.ts";
import type { StoreServer } from "./store-server.ts";

/** An answer of a server, whatever its status. */
export interface RawAnswer {
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly body: unknown;
}

/** Sends a GET. @param accept - The header of that name. */
export type Ask = (path: string, querystring: string, accept: string) => Promise<RawAnswer>;

const JSON_TYPE = "application/json";

/**
 * What a server is, by what it says itself. Most say it at `/`. Where that is not allowed, or not there (the builds that
 * Elasticsearch makes for tests), it is in a header of OpenSearch 3, else a node is asked, and at last the error for a version
 * of Elasticsearch that nobody has is read: it needs no privilege and names the major version.
 *
 * @throws {StoreError} `STORE_UNSUPPORTED` when it is something else or too old, `STORE_REFUSED` when it knows no such credential,
 *   `STORE_UNAVAILABLE` when it cannot answer now.
 */
export const askServer = async (ask: Ask): Promise<StoreServer> => {
  const root = await ask("/", "", JSON_TYPE);
  checkAnswer(root);
  if (root.statusCode === 200) return serverOfRoot(root.body);
  const family = familyOf(root);
  return serverOf(family, versionInHeader(root) ?? (await versionOfNode(ask)) ?? (await majorVersion(ask)));
};

const checkAnswer = ({ statusCode, body }: RawAnswer): void => {
  if (statusCode === 401)
    throw new StoreError("STORE_REFUSED", `The store does not accept the credential: ${shortened(body)}`);
  if (isLater(statusCode))
    throw new StoreError("STORE_UNAVAILABLE", `The store cannot answer now (${statusCode}): ${shortened(body)}`, {
      retryable: true,
    });
};

const serverOfRoot = (body: unknown): StoreServer => {
  const { version, tagline = "" } = fieldsOf(body);
  const { number, distribution, build_flavor: flavor } = fieldsOf(version);
  if (typeof number !== "string") throw unknownServer(body);
  // A compatibility mode of OpenSearch leaves out the distribution and calls itself 7.10.
  const isOpenSearch = distribution === "opensearch" || String(tagline).includes("OpenSearch");
  if (isOpenSearch && distribution === undefined) return serverOf("opensearch", null);
  if (flavor === "serverless")
    return Object.freeze({ family: "elasticsearch", version: number, features: serverlessFeatures() });
  return serverOf(isOpenSearch ? "opensearch" : "elasticsearch", number);
};

/** Elasticsearch says its name with every answer, OpenSearch 3 too; that of OpenSearch 2 is known by its words. */
const familyOf = ({ headers, body }: RawAnswer): StoreServer["family"] => {
  if (headers["x-elastic-product"] === "Elasticsearch") return "elasticsearch";
  if (headers["x-opensearch-version"] !== undefined) return "opensearch";
  if (JSON.stringify(body).includes("no permissions for [cluster:monitor/main]")) return "opensearch";
  throw unknownServer(body);
};

/** `OpenSearch/3.6.0 (opensearch)` */
const versionInHeader = ({ headers }: RawAnswer): string | undefined =>
  /OpenSearch\/(\d+\.\d+\.\d+)/.exec(String(headers["x-opensearch-version"]))?.[1];

const versionOfNode = async (ask: Ask): Promise<string | undefined> => {
  const { statusCode, body } = await ask("/_nodes/_local", "filter_path=nodes.*.version", JSON_TYPE);
  const [node] = statusCode === 200 ? Object.values(fieldsOf(fieldsOf(body).nodes)) : [];
  const { version } = fieldsOf(node);
  return typeof version === "string" ? version : undefined;
};

const majorVersion = async (ask: Ask): Promise<string | null> => {
  const { body } = await ask("/", "", "application/vnd.elasticsearch+json; compatible-with=99");
  return /either version (\d+)/.exec(JSON.stringify(body))?.[1] ?? null;
};

const serverOf = (family: StoreServer["family"], version: string | null): StoreServer => {
  const oldest = OLDEST_MAJOR[family];
  if (version !== null && Number.parseInt(version, 10) < oldest)
    throw new StoreError(
      "STORE_UNSUPPORTED",
      `The store is ${family} ${version}: ${family} ${oldest} or newer is needed.`,
    );
  return Object.freeze({ family, version, features: featuresOf(family, version) });
};

const unknownServer = (body: unknown): StoreError =>
  new StoreError(
    "STORE_UNSUPPORTED",
    `What answers is not Elasticsearch or OpenSearch. Received: ${shortened(body) || "nothing"}.`,
  );

const shortened = (body: unknown): string => (typeof body === "string" ? body : JSON.stringify(body)).slice(0, 200);

const fieldsOf = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null ? (value as Readonly<Record<string, unknown>>) : {};
