import { type AlertAction, type AlertMessage, defineAction, type DeliveryContext } from "@mozdef/alert/runtime";
import { createHash } from "node:crypto";
import { z } from "zod";
import { alertJson } from "./alert-json.ts";
import type { Failure } from "./http-answer.ts";
import { callJson } from "./post-json.ts";
import { readOptions } from "./read-options.ts";
import { baseAddress, credential, type SharedOptions, sharedPart, sharedShape } from "./shared-options.ts";

const schema = z
  .strictObject({
    url: baseAddress,
    index: z
      .string()
      .regex(/^[^A-Z\s\\/*?"<>|,#:+_-][^A-Z\s\\/*?"<>|,#:]{0,200}$/, "expected the name of an index, in small letters"),
    apiKey: credential.optional(),
    user: z
      .string()
      .regex(/^[^\p{C}:]{1,200}$/u, "expected the name of a user")
      .optional(),
    password: z.string().min(1).max(500).optional(),
    mostEvents: z.number().int().min(0).max(10_000).default(10),
    mostAlerts: z.number().int().min(0).max(10_000).default(100),
    ...sharedShape,
  })
  .refine(({ user, password }) => (user === undefined) === (password === undefined), {
    path: ["password"],
    message: "expected user and password, or neither",
  })
  .refine(({ user, apiKey }) => user === undefined || apiKey === undefined, {
    path: ["apiKey"],
    message: "expected apiKey, or user and password, not both",
  });

/** The options of {@link elasticsearch}. */
export interface ElasticsearchOptions extends SharedOptions {
  /** The cluster, Elasticsearch or OpenSearch: `https://search.example.org:9200`. */
  readonly url: string;
  /** An index, an alias with one to write to, or a data stream. */
  readonly index: string;
  /** The encoded key, as Elasticsearch gives it. */
  readonly apiKey?: string;
  readonly user?: string;
  readonly password?: string;
  /** Events of an alert that are sent at most; `eventCount` says how many it has. Default 10. */
  readonly mostEvents?: number;
  /** Alerts of a message for several that are sent at most; `alertCount` says how many there are. Default 100. */
  readonly mostAlerts?: number;
}

type Read = z.output<typeof schema>;

/** Of an id, in bytes. */
const LONGEST_ID = 512;

/**
 * Creates a document of each alert in an index of any cluster: `{ @timestamp, type: "alert", event, by, id, index, eventCount, alert, alertCount, alerts? }`. Its id is the same at
 * every attempt, and is taken once: that it is there already counts as done. 429 and 5xx are tried again; a mapping that does not fit (400), a wrong key (401, 403)
 * and an index that must not be created (404) are final.
 *
 * @throws {AlertError} `ACTION_INVALID`.
 * @see https://www.elastic.co/docs/api/doc/elasticsearch/operation/operation-create
 *
 * @example
 * export default defineConfig({
 *   actions: { archive: elasticsearch({ url: "https://search.example.org:9200", index: "soc-alerts", apiKey: env("ARCHIVE_KEY") }) },
 * });
 */
export const elasticsearch = (options: ElasticsearchOptions): AlertAction => {
  const read = readOptions("elasticsearch", schema, options);
  const { url, index } = read;
  const { headers, secrets } = loginOf(read);
  return defineAction({
    kind: "elasticsearch",
    ...sharedPart(read),
    send: async (message, context) => {
      const address = `${url}/${encodeURIComponent(index)}/_create/${encodeURIComponent(idOf(context))}`;
      const body = { "@timestamp": timeOf(message, context), ...alertJson(message, context, read) };
      const called = await callJson({ url: address, method: "PUT", headers, body, secrets }, context);
      return "failure" in called && !isThere(called.failure) ? called.failure.answer : undefined;
    },
  });
};

const isThere = ({ status, start }: Failure): boolean =>
  status === 409 && start.includes("version_conflict_engine_exception");

const loginOf = ({ apiKey, user, password }: Read) => {
  if (apiKey !== undefined) return { headers: { authorization: `ApiKey ${apiKey}` }, secrets: [apiKey] };
  if (user === undefined || password === undefined) return { headers: {}, secrets: [] };
  const basic = Buffer.from(`${user}:${password}`).toString("base64");
  return { headers: { authorization: `Basic ${basic}` }, secrets: [password, basic] };
};

const idOf = (context: DeliveryContext): string => {
  const { key } = context;
  return Buffer.byteLength(key) <= LONGEST_ID ? key : createHash("sha256").update(key).digest("hex");
};

/** Of a new alert its own time; of what happens to it later the time of that. */
const timeOf = ({ _source }: AlertMessage, { event, now }: DeliveryContext): string =>
  event === "trigger" && !Number.isNaN(Date.parse(_source.utctimestamp)) ? _source.utctimestamp : now.toISOString();
