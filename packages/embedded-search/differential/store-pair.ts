import type { Caller } from "../scenarios/caller.ts";
import { asLines } from "../scenarios/line-difference.ts";
import { parseLossless } from "../scenarios/lossless-json.ts";
import { normalize } from "../scenarios/normalize.ts";
import { ANALYSIS, type DataSet } from "./data-set.ts";
import type { SearchBody } from "./requests.ts";

/** Answers that are equal, as far as it matters, are the same text. */
type Answer = string;

/** Both stores' answers to the same question. */
export interface Difference {
  readonly server: Answer;
  readonly embedded: Answer;
}

/** Documents of one request while a data set is loaded. */
const DOCUMENTS_AT_ONCE = 25;

/** An index that exists on a server and in an embedded store at once, and is asked the same on both. */
export class StorePair {
  readonly #server: Caller;
  readonly #embedded: Caller;
  readonly #index: string;
  readonly #onlyAggregations: boolean;

  /**
   * @param options.onlyAggregations - Compares nothing else of an answer, for servers that say other things around them.
   * Documents are taken equally when the same ones are found.
   */
  constructor(server: Caller, embedded: Caller, index: string, options: { readonly onlyAggregations: boolean }) {
    this.#server = server;
    this.#embedded = embedded;
    this.#index = index;
    this.#onlyAggregations = options.onlyAggregations;
  }

  /** Creates the index and its documents; reports when the stores disagree about any of them. */
  async load({ mapping, documents }: DataSet): Promise<Difference | undefined> {
    await this.drop();
    const settings = { number_of_shards: 1, number_of_replicas: 0, refresh_interval: -1, analysis: ANALYSIS };
    const created = await this.#ask(
      "PUT",
      `/${this.#index}`,
      JSON.stringify({ settings, mappings: { properties: mapping } }),
    );
    if (created && !this.#onlyAggregations) return created;
    const indexed = await this.#write(documents);
    if (this.#onlyAggregations) return this.#ask("GET", `/${this.#index}/_search?size=1000&filter_path=hits.hits._id`);
    return indexed ?? (await this.#ask("GET", `/${this.#index}/_mapping`));
  }

  /** In several requests, after each of which the documents are visible: so there are several segments. */
  async #write(documents: readonly object[]): Promise<Difference | undefined> {
    let found: Difference | undefined;
    for (let start = 0; start < documents.length; start += DOCUMENTS_AT_ONCE) {
      const lines = documents
        .slice(start, start + DOCUMENTS_AT_ONCE)
        .flatMap((document, i) => [`{"index":{"_id":"${start + i}"}}`, JSON.stringify(document)]);
      found ??= await this.#ask("POST", `/${this.#index}/_bulk?refresh=true`, `${lines.join("\n")}\n`);
    }
    return found;
  }

  /** Asks all at once; the answer has a difference, or nothing, for each. */
  async search(bodies: readonly SearchBody[]): Promise<(Difference | undefined)[]> {
    const body = bodies.map((one) => `{}\n${JSON.stringify(one)}\n`).join("");
    const [server = [], embedded = []] = await Promise.all(
      [this.#server, this.#embedded].map((caller) =>
        responses(caller, `/${this.#index}/_msearch`, body, this.#onlyAggregations),
      ),
    );
    return bodies.map((_, index) => difference(server[index] ?? "nothing", embedded[index] ?? "nothing"));
  }

  async drop(): Promise<void> {
    const call = {
      method: "DELETE",
      path: `/${this.#index}?ignore_unavailable=true`,
      body: undefined,
      contentType: "",
    };
    await Promise.all([this.#server(call), this.#embedded(call)]);
  }

  async #ask(method: string, path: string, body?: string): Promise<Difference | undefined> {
    const call = {
      method,
      path,
      body,
      contentType: path.includes("_bulk") ? "application/x-ndjson" : "application/json",
    };
    const [server, embedded] = await Promise.all([this.#server(call), this.#embedded(call)]);
    return difference(comparable(server), comparable(embedded));
  }
}

const comparable = ({ status, body }: { status: number; body: string }): Answer =>
  asLines({ status, body: normalize(parseLossless(body)) });

const responses = async (caller: Caller, path: string, body: string, onlyAggregations: boolean): Promise<Answer[]> => {
  const answer = await caller({ method: "POST", path, body, contentType: "application/x-ndjson" });
  const parsed = normalize(parseLossless(answer.body)) as { responses?: Readonly<Record<string, unknown>>[] };
  if (parsed.responses === undefined)
    throw new Error(`_msearch answered ${answer.status}: ${answer.body.slice(0, 500)}`);
  return parsed.responses.map((response) => asLines(onlyAggregations ? aggregationsOf(response) : response));
};

const aggregationsOf = ({ status, aggregations }: Readonly<Record<string, unknown>>): object => ({
  status,
  aggregations,
});

/** A pattern that the server refuses for lack of memory is not a question that two stores could agree on. */
const isOutOfMemory = (server: Answer): boolean => server.includes('"type": "circuit_breaking_exception"');

const difference = (server: Answer, embedded: Answer): Difference | undefined =>
  server === embedded || isOutOfMemory(server) ? undefined : { server, embedded };
