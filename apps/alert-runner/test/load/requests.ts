import type { RequestOptions } from "node:http";
import { gzipSync } from "node:zlib";

/** What is sent over and over, and the status that it deserves. */
export interface LoadRequest {
  readonly options: RequestOptions;
  readonly body?: string | Buffer;
  readonly status: number;
}

const JSON_TYPE = "application/json";

const posted = (
  path: string,
  body: string | Buffer,
  status: number,
  headers: Readonly<Record<string, string>> = {},
) => ({
  options: { method: "POST", path, headers: { "content-type": JSON_TYPE, ...headers } },
  body,
  status,
});

const asked = (path: string, status: number, headers: Readonly<Record<string, string>> = {}) => ({
  options: { method: "GET", path, headers },
  status,
});

const EVENT = { summary: "accepted publickey for bob", hostname: "web1", details: { program: "sshd" } };

/** Half of them are as they should be; the others are wrong in every way that there is a status for. */
export const REQUESTS: readonly LoadRequest[] = [
  posted("/events", JSON.stringify(EVENT), 200),
  posted("/events", JSON.stringify([EVENT, EVENT, EVENT]), 200),
  posted("/_bulk", `{"index":{}}\n${JSON.stringify(EVENT)}\n`, 200, { "content-type": "application/x-ndjson" }),
  posted("/events", gzipSync(JSON.stringify(EVENT)), 200, { "content-encoding": "gzip" }),
  asked("/api/alerts?text=bob", 200),
  asked("/status", 200),
  posted("/events", "{", 400),
  posted("/events", "<a/>", 415, { "content-type": "application/xml" }),
  posted("/events", "hello", 400, { "content-encoding": "gzip" }),
  posted("/events", `${'{"a":'.repeat(5_000)}1${"}".repeat(5_000)}`, 400),
  posted("/events", JSON.stringify(EVENT), 403, { origin: "http://evil.example" }),
  asked("/api/schedules", 403, { host: "evil.example" }),
  asked(`/api/alerts?text=${"0".repeat(1_000)}`, 400),
  asked("/nothing", 404),
  { options: { method: "DELETE", path: "/api/alerts" }, status: 405 },
];
