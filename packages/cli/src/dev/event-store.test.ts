import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it, vi } from "vitest";
import { eventStore } from "./event-store.ts";

const folder = mkdtempSync(join(tmpdir(), "mozdef-dev-"));
afterAll(() => rmSync(folder, { recursive: true }));

let files = 0;
const configured = (text: string): string => {
  const file = join(folder, `${++files}.config.mjs`);
  writeFileSync(file, `export default ${text};`);
  return file;
};

const answering = (status: number) =>
  vi.fn<(url: string) => Promise<Response>>(() => Promise.resolve(new Response("{}", { status })));
const nobody = vi.fn<(url: string) => Promise<Response>>(() => Promise.reject(new TypeError("fetch failed")));
const find = (
  fetch: typeof nobody,
  file: string | null = null,
  given: { url?: string; prefix?: string } = {},
  env = {},
) =>
  eventStore({ url: given.url, prefix: given.prefix, file, env, fetch: fetch as unknown as typeof globalThis.fetch });

describe("where the events of the last day are", () => {
  it("is the store that is named, which nobody else is asked for", async () => {
    const fetch = answering(200);
    expect(await find(fetch, null, { url: "http://search:9200", prefix: "p-" })).toMatchObject({
      ...{ url: "http://search:9200", prefix: "p-" },
    });
    expect(fetch).not.toHaveBeenCalled();
  });

  it.each([
    ["no configuration", null, {}, "http://127.0.0.1:8080"],
    ["a port of the environment", "{ listen: { port: 9000 } }", { PORT: "9100" }, "http://127.0.0.1:9100"],
    ["a port", "{ listen: { port: 9000 } }", {}, "http://127.0.0.1:9000"],
    ["any address", '{ listen: { host: "0.0.0.0" } }', {}, "http://127.0.0.1:8080"],
    ["IPv6", '{ listen: { host: "::1" } }', {}, "http://[::1]:8080"],
    ["TLS", "{ listen: { tls: {} } }", {}, "https://127.0.0.1:8080"],
  ])("is the service that lets itself be read: %s", async (_, config, env, url) => {
    const fetch = answering(200);
    const file = config === null ? null : configured(config);
    expect(await find(fetch, file, {}, env)).toMatchObject({ url, prefix: null });
    expect(fetch.mock.calls[0]?.[0]).toBe(`${url}/events*/_count`);
  });

  it("is the cluster of the configuration, without what is secret in its address", async () => {
    const file = configured('{ store: { node: ["https://u:secret@search:9200", "https://b"], prefix: "m-" } }');
    const found = await find(nobody, file);
    expect(found).toMatchObject({ url: "https://u:secret@search:9200", prefix: "m-" });
    expect(JSON.stringify(Reflect.get(found, "about"))).not.toContain("secret");
  });

  it("is nowhere: a sentence says what to do", async () => {
    expect(await find(nobody)).toEqual({
      missing:
        "No store with events: no service answers at http://127.0.0.1:8080 (start it with --watch), and no configuration names a cluster.",
    });
    expect(await find(answering(403))).toEqual({
      missing:
        "The service at http://127.0.0.1:8080 does not let its events be read, and does not take over what you edit: start it with --watch.",
    });
    expect(await find(answering(404), configured('{ store: { path: "data" } }'))).toMatchObject({
      missing: expect.stringContaining("No store with events"),
    });
  });
});
