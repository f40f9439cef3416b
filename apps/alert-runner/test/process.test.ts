import { EmbeddedSearch } from "@mozdef/embedded-search";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import path from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import {
  createSite,
  EVERY_SECOND,
  failedLogins,
  type ListedAlerts,
  request,
  runCommand,
  type ServiceProcess,
  type Site,
  startService,
} from "./support/service-process.ts";

const newSite = (config = EVERY_SECOND): Site => {
  const site = createSite(config);
  onTestFinished(site.remove);
  return site;
};

const start = async (site: Site): Promise<ServiceProcess> => {
  const service = await startService(site, "source");
  onTestFinished(async () => {
    await service.end("SIGKILL");
  });
  return service;
};

const alertsOf = ({ url }: ServiceProcess) => request<ListedAlerts>(`${url}/api/alerts`);
const until = { timeout: 30_000, interval: 100 };

describe("the service as a process", { timeout: 60_000 }, () => {
  it("loses nothing and repeats nothing when it is killed", async () => {
    const site = newSite();
    const first = await start(site);
    await request(`${first.url}/events`, "POST", failedLogins("192.0.2.7", "web1"));
    await expect.poll(() => alertsOf(first), until).toMatchObject({ total: 1 });
    const [alert] = (await alertsOf(first)).alerts;
    await request(`${first.url}/api/alerts/${alert?._id ?? ""}/acknowledge`, "POST", { by: "ann" });
    await first.end("SIGKILL");

    const second = await start(site);
    await request(`${second.url}/api/schedules/AlertBruteforceSsh/run`, "POST");
    const after = await alertsOf(second);
    expect(after).toMatchObject({
      total: 1,
      alerts: [{ _id: alert?._id, _source: { acknowledgedby: "ann", eventCount: 10 } }],
    });
  });

  it("lets no alert take others along: one that never comes back is ended, shown, and left out for a while", async () => {
    const hostile = path.join(import.meta.dirname, "support/hostile-pack.ts");
    const packs = EVERY_SECOND.replace('"@mozdef/alerts-ssh"', `"@mozdef/alerts-ssh", ${JSON.stringify(hostile)}`);
    const service = await start(newSite(packs.replace("{", "{ isolation: { blockMs: 1_500 },")));
    const endless = { category: "endless", summary: "the hook never comes back" };
    await request(`${service.url}/events`, "POST", [endless, ...failedLogins("192.0.2.7", "web1")]);
    await expect.poll(() => alertsOf(service), until).toMatchObject({ total: 1 });
    const problems = async () =>
      (await request<{ problems: { code: string; names?: string[] }[] }>(`${service.url}/status`)).problems;
    await expect
      .poll(problems, until)
      .toContainEqual(expect.objectContaining({ code: "ALERTS_SUSPENDED", names: ["AlertEndless"] }));
    // It is as it was: let run again, it is ended again, long before it would have been run by itself.
    const kills = async () => {
      const { runs } = await request<{ runs: { errors: { code: string }[] }[] }>(
        `${service.url}/api/runs?alert=AlertEndless`,
      );
      return runs.filter(({ errors }) => errors[0]?.code === "ALERT_KILLED").length;
    };
    await expect.poll(kills, until).toBe(1);
    await request(`${service.url}/api/schedules/AlertEndless`, "PATCH", { release: true, by: "ann" });
    await expect.poll(kills, until).toBe(2);
    expect(await service.end("SIGTERM")).toBe(0);
  });

  it("shows what it and the process of its alerts take, and what they ask of the store", async () => {
    const service = await start(newSite());
    await request(`${service.url}/events`, "POST", failedLogins("192.0.2.7", "web1"));
    await expect.poll(() => alertsOf(service), until).toMatchObject({ total: 1 });
    const text = await (await fetch(`${service.url}/metrics`)).text();
    const valueOf = (name: string) =>
      Number(
        text
          .split("\n")
          .find((line) => line.startsWith(`${name} `))
          ?.split(" ")[1],
      );
    const mib = 1_048_576;
    expect(valueOf("process_resident_memory_bytes")).toBeGreaterThan(32 * mib);
    expect(valueOf("nodejs_heap_size_used_bytes")).toBeGreaterThan(8 * mib);
    expect(valueOf("nodejs_external_memory_bytes")).toBeGreaterThan(0);
    expect(valueOf("process_cpu_seconds_total")).toBeGreaterThan(0.01);
    if (process.platform === "linux")
      expect(valueOf("mozdef_alert_process_resident_memory_bytes")).toBeGreaterThan(32 * mib);
    expect(valueOf('mozdef_store_memory_bytes{of="events"}')).toBeGreaterThan(10 * 100);
    expect(valueOf('mozdef_store_memory_bytes{of="others"}')).toBeGreaterThan(100);
    expect(valueOf('mozdef_store_requests_total{api="bulk"}')).toBeGreaterThan(1);
    expect(valueOf('mozdef_store_requests_total{api="msearch"}')).toBeGreaterThan(0);
  });

  it("waits for a store that is not there yet, says so, and runs once it is", async () => {
    const search = new EmbeddedSearch();
    const listening = await search.listen({ port: 0 });
    const { port } = listening;
    await listening.close();
    const site = newSite(EVERY_SECOND.replace("{", `{ store: { node: "http://127.0.0.1:${port}" },`));
    const service = await start(site);
    const status = async (path: string, method = "GET") =>
      (await fetch(`${service.url}${path}`, { method, ...(method === "POST" && { body: "{}" }) })).status;
    expect(await Promise.all(["/live", "/ready", "/status", "/api/alerts"].map((path) => status(path)))).toEqual([
      ...[200, 503, 503, 503],
    ]);
    expect(await status("/events", "POST")).toBe(503);
    expect(service.output()).toContain("waiting for the store: ");

    await search.listen({ port });
    onTestFinished(() => search.close());
    await expect.poll(() => status("/ready"), until).toBe(200);
    await request(`${service.url}/events`, "POST", failedLogins("192.0.2.7", "web1"));
    await expect.poll(() => alertsOf(service), until).toMatchObject({ total: 1 });
    expect(await service.end("SIGTERM")).toBe(0);
  });

  it("ends at once, and in order, when it is told to while it waits for its store", async () => {
    const service = await start(newSite(EVERY_SECOND.replace("{", `{ store: { node: "http://127.0.0.1:1" },`)));
    expect(await service.end("SIGTERM")).toBe(0);
  });

  it("does not end without a word when a pack never ends its import", async () => {
    const site = newSite(`{ packs: [] }; await new Promise(() => undefined)`);
    const { code, output } = await runCommand(site, []);
    expect(code).toBe(1);
    expect(output).toContain("The service ended before it was started");
  });

  it("brings an alert to its target again, with the same key, when it is killed before the target has answered", async () => {
    const keys: unknown[] = [];
    let isSlow = true;
    const receiver = createServer((received, response) => {
      keys.push(received.headers["idempotency-key"]);
      if (!isSlow) response.end();
    });
    await new Promise<void>((resolve) => receiver.listen(0, "127.0.0.1", resolve));
    onTestFinished(() => {
      receiver.closeAllConnections();
      receiver.close();
    });
    const { port } = receiver.address() as AddressInfo;
    const send = `({ _id }, { fetch, key }) => fetch("http://127.0.0.1:${port}", { method: "POST", headers: { "idempotency-key": key } }).then(() => undefined)`;
    const site = newSite(EVERY_SECOND.replace("{", `{ actions: { hook: { kind: "hook", send: ${send} } },`));
    const first = await start(site);
    await request(`${first.url}/events`, "POST", failedLogins("192.0.2.7", "web1"));
    await expect.poll(() => keys.length, until).toBe(1);
    await first.end("SIGKILL");
    isSlow = false;

    const second = await start(site);
    const deliveries = () => request<{ deliveries: object[] }>(`${second.url}/api/deliveries`);
    await expect
      .poll(deliveries, until)
      .toMatchObject({ deliveries: [{ target: "hook", status: "done", attempts: 1 }] });
    expect(keys).toHaveLength(2);
    expect(new Set(keys).size).toBe(1);
  });

  it.each(["SIGTERM", "SIGINT", "SIGHUP"] as const)("ends in order on %s", async (signal) => {
    const service = await start(newSite());
    const started = performance.now();
    expect(await service.end(signal)).toBe(0);
    expect(performance.now() - started).toBeLessThan(10_000);
    expect(service.output()).toContain("stopped");
  });

  it("says what it loaded and what it could not", async () => {
    const service = await start(newSite(`{ packs: ["@mozdef/alerts-ssh", "@mozdef/alerts-nowhere"] }`));
    expect(service.output()).toMatch(/@mozdef\/alerts-ssh: .*AlertBruteforceSsh/);
    expect(service.output()).toContain("There is no package @mozdef/alerts-nowhere");
    expect(await request(`${service.url}/status`)).toMatchObject({ failures: [{ source: "@mozdef/alerts-nowhere" }] });
  });

  it("says who has its port", async () => {
    const service = await start(newSite());
    const port = Number(new URL(service.url).port);
    await expect(startService(newSite(), "source", port)).rejects.toThrow(/Cannot listen on 127\.0\.0\.1/);
  });
});

describe("commands", { timeout: 60_000 }, () => {
  it("runs every alert once at a time of one's choice", async () => {
    const site = newSite(`{ packs: ["@mozdef/alerts-ssh"], alerts: { AlertBruteforceSsh: { enabled: true } } }`);
    const service = await start(site);
    const times = { utctimestamp: "2017-01-01T00:59:30+00:00", receivedtimestamp: "2017-01-01T00:59:30+00:00" };
    const events = failedLogins("192.0.2.9", "old").map((event) => ({ ...event, ...times }));
    await request(`${service.url}/events`, "POST", events);
    await service.end("SIGTERM");

    const { code, output } = await runCommand(site, ["--once", "--at", "2017-01-01T01:00:00Z"]);
    expect(output).toContain("AlertBruteforceSsh: 10 events matched, 1 alerts");
    expect(output).toContain("NOTICE 10 ssh bruteforce attempts by 192.0.2.9");
    expect(code).toBe(0);
    expect((await runCommand(site, ["--once", "--at", "2017-01-01T01:00:00Z"])).output).toContain(
      "0 events matched, 0 alerts",
    );
  });

  it("ends with 1 when an alert cannot be run", async () => {
    const { code, output } = await runCommand(newSite(`{ packs: ["@mozdef/alerts-nowhere"] }`), ["--once"]);
    expect([code, output]).toEqual([1, expect.stringContaining("ERROR @mozdef/alerts-nowhere")]);
  });

  it.each([
    [["--help"], 0, "Usage: mozdef-alert-runner"],
    [["--version"], 0, /^\d+\.\d+\.\d+/],
    [["--prot"], 2, "Unknown option '--prot'"],
    [["--config", "none.mjs"], 2, "There is no configuration file"],
  ])("%j", async (args, code, text) => {
    const result = await runCommand(newSite(), args);
    expect(result.code).toBe(code);
    expect(result.output).toMatch(text);
  });

  it("refuses a wrong configuration, naming file and key", async () => {
    const { code, output } = await runCommand(newSite("{ lisen: {} }"), []);
    expect(code).toBe(2);
    expect(output).toMatch(/mozdef\.config\.mjs is wrong:\n.*Unrecognized key: "lisen"/);
  });
});
