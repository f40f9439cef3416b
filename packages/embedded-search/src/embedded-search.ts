import { type BaseConnection } from "@elastic/elasticsearch";
import { routes } from "./api/routes.ts";
import { Cluster } from "./cluster/cluster.ts";
import { connectionTo } from "./connection.ts";
import { handleRequest, type StoreRequest, type StoreResponse } from "./http/handle-request.ts";
import { Router } from "./http/router.ts";
import { memoryStorage } from "./storage/storage.ts";

/** How a store is made. */
export interface EmbeddedSearchOptions {
  /** The clock: what `now` means in queries, and when the refresh interval has passed. Default: the clock of the machine. */
  readonly now?: () => Date;
}

const router = new Router(routes);

/**
 * A store in this process that answers a part of Elasticsearch's HTTP API.
 *
 * What it does not do is answered with status 501 and the name of the feature, never with an empty result.
 *
 * @example
 * const store = new EmbeddedSearch();
 * const client = new Client({ node: "http://embedded", Connection: store.Connection });
 */
export class EmbeddedSearch {
  /** For the official client: `new Client({ node: "http://embedded", Connection: store.Connection })`. */
  readonly Connection: typeof BaseConnection;
  readonly #cluster: Cluster;

  constructor(options: EmbeddedSearchOptions = {}) {
    const now = options.now ?? (() => new Date());
    this.#cluster = new Cluster(memoryStorage, () => now().getTime());
    this.Connection = connectionTo((request) => this.#handle(request));
  }

  /** Answers one request. Never rejects: what goes wrong is an answer with an `error`. */
  handle(request: StoreRequest): Promise<StoreResponse> {
    return Promise.resolve(this.#handle(request));
  }

  #handle(request: StoreRequest): StoreResponse {
    return handleRequest(request, router, this.#cluster);
  }
}
