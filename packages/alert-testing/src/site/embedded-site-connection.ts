import {
  EmbeddedConnection,
  type EmbeddedSearch,
  type StoreRequest,
  type StoreResponse,
} from "@mozdef/embedded-search";
import { TestingError } from "../testing-error.ts";
import type { SiteRequest } from "./test-site.ts";

/** A site as its connection sees it. */
interface EmbeddedSite {
  readonly store: EmbeddedSearch;
  readonly record: (request: SiteRequest) => void;
}

/** Open sites by the host that their clients ask. */
const sites = new Map<string, EmbeddedSite>();

let entered = 0;

/** @returns the address for a client of the site, and what to call when it is closed. */
export const enterSite = (site: EmbeddedSite): { readonly node: string; readonly leave: () => void } => {
  const host = `site-${++entered}`;
  sites.set(host, site);
  return { node: `http://${host}`, leave: () => void sites.delete(host) };
};

/** One class for all sites, which the engine optimizes once: a short case would spend a tenth of its time on one of its own. */
export class EmbeddedSiteConnection extends EmbeddedConnection {
  protected override async handle(request: StoreRequest): Promise<StoreResponse> {
    const site = sites.get(this.url.host);
    if (site === undefined) throw closed();
    const started = performance.now();
    const response = await site.store.handle(request);
    site.record({ method: request.method, path: request.path, ms: performance.now() - started });
    return response;
  }
}

const closed = (): TestingError =>
  new TestingError(
    "TEST_SITE_CLOSED",
    "The store of a closed test site was asked: await everything that the test and the alert begin.",
  );
