import { preview } from "@mozdef/query/tools";
import { createAlertStore, setUpStore } from "@mozdef/alert-store";
import { TestingError } from "../testing-error.ts";
import { readClock } from "./clock.ts";
import type { ClusterPool, PooledStore } from "./cluster-pool.ts";
import { DEFAULT_NOW } from "./default-now.ts";
import { openCluster, openEmbedded } from "./open-store.ts";
import { recordFetch } from "./record-fetch.ts";
import { tableDns } from "./reverse-dns.ts";
import { SILENT } from "./silent-log.ts";
import { siteSetup, type SiteSetup } from "./site-setup.ts";
import { nearSources } from "./source-indices.ts";
import type { SiteRequest, TestSite, TestSiteOptions } from "./test-site.ts";
import { WorkingSite } from "./working-site.ts";

/**
 * A site of one's own: a fresh store with templates, indices and aliases, a clock, reverse DNS and no network.
 *
 * The store is in this process unless `MOZDEF_TEST_ELASTICSEARCH` (or the option `elasticsearch`) names a cluster; there each
 * site has index names of its own, which neither requests nor answers show.
 *
 * @throws {TestingError} `TEST_OPTION_INVALID`, `TEST_TIME_INVALID`.
 * @throws {StoreError} when the cluster does not answer.
 */
export const createTestSite = async (options: TestSiteOptions = {}): Promise<TestSite> =>
  (await openSite(options)).site;

/** {@link createTestSite} with what only the harness itself may use. */
export const openSite = async (options: TestSiteOptions = {}, pool: ClusterPool | null = null): Promise<OpenSite> => {
  checkOptions(options);
  const clock = { now: readClock(options.now ?? DEFAULT_NOW) };
  const requests: SiteRequest[] = [];
  const record = (request: SiteRequest): void => void requests.push(request);
  const node = options.elasticsearch ?? process.env.MOZDEF_TEST_ELASTICSEARCH ?? "";
  const setup = siteSetup(options);
  const opened = await openStoreOf({ node, clock, setup, record }, pool);
  const store = createAlertStore({ client: opened.client, fields: setup.fields, hostname: "mozdefhost" });
  if (!opened.isPrepared) await setUpStore(store, clock.now, setup);
  const site = new WorkingSite({
    clock,
    store,
    requests,
    sources: nearSources(options.sources),
    closeStore: opened.close,
    services: {
      dns: tableDns(options.reverseDns),
      fetch: options.fetch ?? recordFetch([]).fetch,
      log: options.log ?? SILENT,
    },
  });
  return { site, isReused: opened.isReused };
};

/** A site, and whether other tests had its part of a cluster before. */
export interface OpenSite {
  readonly site: WorkingSite;
  readonly isReused: boolean;
}

interface StoreWanted {
  readonly node: string;
  readonly clock: { readonly now: Date };
  readonly setup: SiteSetup;
  readonly record: (request: SiteRequest) => void;
}

const openStoreOf = async (
  { node, clock, setup, record }: StoreWanted,
  pool: ClusterPool | null,
): Promise<PooledStore & { readonly isReused: boolean }> => {
  if (node === "")
    return { ...(await openEmbedded(() => clock.now, setup, record)), isPrepared: true, isReused: false };
  if (pool === null) return { ...openCluster(node, record), isPrepared: false, isReused: false };
  const part = pool.take(node, clock.now.toISOString().slice(0, 10) + JSON.stringify(setup), record);
  return { ...part, isReused: part.isPrepared };
};

const OPTIONS = ["now", "fields", "indices", "sources", "reverseDns", "fetch", "log", "elasticsearch"];

const checkOptions = (options: object): void => {
  const unknown = Object.keys(options).find((key) => !OPTIONS.includes(key));
  if (unknown === undefined) return;
  throw new TestingError(
    "TEST_OPTION_INVALID",
    `createTestSite has no option "${unknown}". Known are ${OPTIONS.join(", ")}. Received: ${preview(options)}.`,
  );
};
