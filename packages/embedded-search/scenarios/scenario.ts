/** Any JSON value. */
export type JsonValue = null | string | number | boolean | readonly JsonValue[] | { readonly [key: string]: JsonValue };

/** One request of a scenario. */
export interface Step {
  readonly method: "GET" | "HEAD" | "POST" | "PUT" | "DELETE";
  /** Path and query string, e.g. `/scn-a/_search?size=1`. `${name}` stands for a value that an earlier step saved. */
  readonly path: string;
  /** A list of lines is sent as newline-delimited JSON, a text as it is, anything else as JSON. */
  readonly body?: JsonValue | undefined;
  readonly lines?: readonly (JsonValue | string)[] | undefined;
  /** Names for parts of the answer that later steps need: `{ pit: "id" }`, `{ after: "hits.hits.0.sort" }`. */
  readonly save?: Readonly<Record<string, string>> | undefined;
}

/** Requests in order, and the features of Elasticsearch they show. */
export interface Scenario {
  /** A sentence about the behaviour. Unique in its topic. */
  readonly name: string;
  /** Features as they appear in `docs/compatibility.md`. */
  readonly covers: readonly string[];
  readonly steps: readonly Step[];
}

/** Something Elasticsearch can do and the embedded store refuses. */
export interface Refusal {
  readonly feature: string;
  readonly step: Step;
  /** What the message has to name. */
  readonly names: string;
}

/** Scenarios about one part of the API. */
export interface Topic {
  /** File name of the recorded answers, and part of each test's name. */
  readonly id: string;
  readonly title: string;
  readonly scenarios: readonly Scenario[];
  readonly refusals: readonly Refusal[];
  /** Features that the server of the scenarios lacks; they have tests of their own. */
  readonly elsewhere: readonly string[];
}

const step =
  (method: Step["method"]) =>
  (path: string, body?: JsonValue, save?: Step["save"]): Step => ({ method, path, body, save });

export const get = step("GET");
export const head = step("HEAD");
export const post = step("POST");
export const put = step("PUT");
export const del = step("DELETE");

/** A request whose body is lines of JSON. */
export const lines = (path: string, body: readonly (JsonValue | string)[]): Step => ({
  method: "POST",
  path,
  lines: body,
});

/** Writes documents with ids 1, 2, ... and makes them searchable. */
export const documents = (index: string, ...sources: readonly JsonValue[]): Step =>
  lines(
    `/${index}/_bulk?refresh=true`,
    sources.flatMap((source, position) => [{ index: { _id: String(position + 1) } }, source]),
  );

/** Creates an index with these fields. */
export const mapped = (index: string, properties: JsonValue, others: Readonly<Record<string, JsonValue>> = {}): Step =>
  put(`/${index}`, { mappings: { properties, ...others } });

/** A search that answers ids, totals and sort values, and no sources. */
export const search = (index: string, query: JsonValue, others: Readonly<Record<string, JsonValue>> = {}): Step =>
  post(`/${index}/_search`, { query, _source: false, sort: ["_doc"], ...others });

/** Aggregates the documents of `scn-a`. @param others - Beside the kind, such as `aggs` below it. @param query - Default: all of them. */
export const aggregated = (
  kind: string,
  body: JsonValue,
  others: Readonly<Record<string, JsonValue>> = {},
  query?: JsonValue,
): Step =>
  post("/scn-a/_search", {
    size: 0,
    aggs: { a: { [kind]: body, ...others } },
    ...(query === undefined ? {} : { query }),
  });

export const scenario = (name: string, covers: readonly string[], ...steps: readonly Step[]): Scenario => ({
  name,
  covers,
  steps,
});

export const topic = (
  id: string,
  title: string,
  scenarios: readonly Scenario[],
  refusals: readonly Refusal[] = [],
  elsewhere: readonly string[] = [],
): Topic => ({ id, title, scenarios, refusals, elsewhere });

/** A feature that is out, the request that asks for it, and what the refusal has to name. */
export const refusal = (feature: string, step: Step, names: string): Refusal => ({ feature, step, names });
