import { EmbeddedSearch } from "@mozdef/embedded-search";
import { expect, it, onTestFinished } from "vitest";
import { startFreezingProxy } from "./support/freezing-proxy.ts";
import {
  createSite,
  EVERY_SECOND,
  failedLogins,
  type ListedAlerts,
  request,
  startService,
} from "./support/service-process.ts";

const until = { timeout: 60_000, interval: 100 };

/** A service whose store is a cluster that can stand still. */
const started = async () => {
  const search = new EmbeddedSearch();
  const store = await search.listen({ port: 0 });
  const proxy = await startFreezingProxy(store.port);
  const node = `http://127.0.0.1:${proxy.port}`;
  const site = createSite(EVERY_SECOND.replace("{", `{ store: { node: ${JSON.stringify(node)}, timeoutMs: 2_000 },`));
  onTestFinished(site.remove);
  const service = await startService(site, "source");
  onTestFinished(async () => {
    await service.end("SIGKILL");
    proxy.close();
    await store.close();
  });
  return { service, proxy };
};

const stateOf = async (url: string) => {
  const [ready, status] = await Promise.all([fetch(`${url}/ready`), fetch(`${url}/status`)]);
  const { problems } = (await status.json()) as { readonly problems: readonly { readonly code: string }[] };
  const { reason } = (await ready.json()) as { readonly reason: string | null };
  return { ready: ready.status, reason, status: status.status, codes: problems.map(({ code }) => code) };
};

/** Whose events the service has said it has. */
const SURE = ["192.0.2.7", "192.0.2.8", "192.0.2.10"];

const WELL = { ready: 200, reason: null, status: 200, codes: [] };

it(
  "a store that takes connections and never answers is told, and afterwards all goes on",
  { timeout: 240_000 },
  async () => {
    const { service, proxy } = await started();
    const { url } = service;
    const totalOf = async () => (await request<ListedAlerts>(`${url}/api/alerts`)).total;
    await request(`${url}/events`, "POST", failedLogins("192.0.2.7", "web1"));
    await expect.poll(totalOf, until).toBe(1);
    await expect.poll(() => stateOf(url), until).toEqual(WELL);

    await request(`${url}/events`, "POST", failedLogins("192.0.2.8", "web1"));
    const outputBefore = service.output().length;
    proxy.freeze();
    await expect
      .poll(() => stateOf(url), until)
      .toMatchObject({
        ready: 503,
        reason: expect.stringMatching(/^The store has not answered for \d+ s: no alert runs\./),
        status: 503,
        codes: expect.arrayContaining(["STORE_AWAY"]),
      });
    // The sender is told, and has to send them again; whether they are there already, nobody knows.
    await expect(request(`${url}/events`, "POST", failedLogins("192.0.2.9", "web1"))).rejects.toThrow(/ 503 /);

    proxy.thaw();
    await expect.poll(() => stateOf(url), until).toMatchObject({ ready: 200, status: 200 });
    await request(`${url}/events`, "POST", failedLogins("192.0.2.10", "web1"));
    const alertsOf = async () => {
      const { alerts } = await request<ListedAlerts>(`${url}/api/alerts`);
      const summaries = alerts.map(({ _source }) => String(_source.summary));
      return SURE.map((address) => summaries.filter((summary) => summary.includes(`${address} `)).length);
    };
    await expect.poll(alertsOf, until).toEqual([1, 1, 1]);
    // A busy machine may have been slower than the store's limit before: that is another standstill.
    const output = service.output().slice(outputBefore);
    expect(output.match(/the store does not answer\. That is said once/g)).toHaveLength(1);
    expect(output).toContain("the store answers: alerts run again");
    expect(await service.end("SIGTERM")).toBe(0);
  },
);
