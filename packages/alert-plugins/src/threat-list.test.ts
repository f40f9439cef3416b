import { rmSync, writeFileSync } from "node:fs";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { type AlertPlugin, preparePlugins } from "@mozdef/alert/runtime";
import { afterEach, describe, expect, it, onTestFinished, vi } from "vitest";
import { enrich } from "../test/enrich.ts";
import { temporaryFolder } from "../test/temporary-folder.ts";
import { threatList, type ThreatListEntry, type ThreatListOptions } from "./threat-list.ts";

const MD5 = "d41d8cd98f00b204e9800998ecf8427e";
const LIST = `# bad\n192.0.2.7\n10.9.0.0/16 ; SBL1\r\nBad.example.org # c2\n${MD5}\n\n2001:db8::/32\n`;

/** Everything that is said, by whom. */
const outside = () => {
  const said: string[] = [];
  const line = (who: string) => (text: string) => void said.push(`${who}: ${text}`);
  const log = { debug: line("debug"), info: line("info"), warn: line("warn"), error: line("error") };
  return { said, parts: { log, report: line("report"), fetch } };
};

const ofFile = (content: string, entry: Partial<ThreatListEntry> = {}, more: Partial<ThreatListOptions> = {}) => {
  const file = temporaryFolder()("list", content);
  return { file, plugin: threatList({ lists: { own: { file, ...entry } }, ...more }) };
};

const threatsIn = async (plugin: AlertPlugin, text: string, parts = outside().parts) =>
  ((await enrich(plugin, { summary: text }, [], parts)).details?.threats ?? []) as readonly unknown[];

const prepared = (plugin: AlertPlugin) => {
  const { said, parts } = outside();
  return { said, done: preparePlugins([plugin], { ...parts, now: new Date(0) }) };
};

describe("threatList", () => {
  it("says what of an alert is listed, anywhere in it", async () => {
    const { plugin } = ofFile(LIST);
    const alert = await enrich(
      plugin,
      { summary: "10.9.1.1 asked", details: { url: "https://www.bad.example.org:8443/a?b" } },
      [
        { details: { md5: MD5.toUpperCase(), from: "eve@BAD.example.org.", to: "192.0.2.8" } },
        { text: "[2001:db8::5]" },
      ],
    );
    expect(alert.details?.threats).toEqual([
      { list: "own", kind: "address", value: "10.9.1.1", entry: "10.9.0.0/16" },
      { list: "own", kind: "hash", value: MD5.toUpperCase(), entry: MD5 },
      { list: "own", kind: "domain", value: "BAD.example.org.", entry: "bad.example.org" },
      { list: "own", kind: "address", value: "2001:db8::5", entry: "2001:db8::/32" },
      { list: "own", kind: "domain", value: "www.bad.example.org", entry: "bad.example.org" },
    ]);
    expect(alert.summary).toBe(
      `10.9.1.1 asked; On threat list own: 10.9.1.1, ${MD5.toUpperCase()}, BAD.example.org., 2001:db8::5, www.bad.example.org`,
    );
  });

  it("leaves an alert alone that has nothing listed, and looks where it is told", async () => {
    const { plugin } = ofFile(LIST, {}, { fields: ["details.address"] });
    const alert = await enrich(plugin, { summary: "192.0.2.7" }, [{ details: { other: "192.0.2.7" } }]);
    expect([alert.summary, alert.details, alert.errors]).toEqual(["192.0.2.7", undefined, undefined]);
    const found = await enrich(plugin, {}, [{ details: { address: "192.0.2.7" } }]);
    expect(found.summary).toBe("s; On threat list own: 192.0.2.7");
  });

  it("keeps the summary short and the details bounded", async () => {
    const { plugin } = ofFile("10.0.0.0/8\n");
    const details = { all: Array.from({ length: 150 }, (_, index) => `10.0.0.${index}`) };
    const alert = await enrich(plugin, { details });
    expect(alert.summary).toMatch(/: 10\.0\.0\.0, .*10\.0\.0\.4 and 145 more$/);
    expect(alert.details?.threats).toHaveLength(100);
    expect(alert.errors).toEqual(["threat_list added: 100 of 150"]);
  });

  it.each<[string, Partial<ThreatListEntry>]>([
    ["# by us\nfirst,ip,what\n2026,192.0.2.7,c2\n2026,,x\n", { format: "csv", column: "ip" }],
    ['2026,"192.0.2.7",c2\n', { format: "csv", column: 2 }],
    ['["192.0.2.7", "192.0.2.9"]', { format: "json" }],
    [
      '{ "data": { "iocs": [{ "ioc": { "ip": "192.0.2.7" } }, {}] } }',
      { format: "json", items: "data.iocs", key: "ioc.ip" },
    ],
    ["\uFEFF192.0.2.7", {}],
  ])("reads %j", async (content, entry) => {
    const { plugin } = ofFile(content, entry);
    expect(await threatsIn(plugin, "192.0.2.7")).toMatchObject([{ entry: "192.0.2.7" }]);
    expect(await threatsIn(plugin, "2026.example.org x 192.0.2.8")).toEqual([]);
  });

  it("passes over what it does not understand, and says so", async () => {
    const { plugin } = ofFile("192.0.2.7\nhttp://bad.example.org/x\n192.0.2.8\n");
    const { said, done } = prepared(plugin);
    await done;
    expect(said).toEqual([
      'warn: threat list own: 1 of 3 entries are no address, network, domain or hash: line 2 "http://bad.example.org/x"',
    ]);
    expect(await threatsIn(plugin, "192.0.2.8")).toHaveLength(1);
  });

  it.each<[string, Partial<ThreatListEntry>, string]>([
    [
      "<html>\n<p>not found</p>\n",
      {},
      'it is not a list: 2 of 2 entries are no address, network, domain or hash: line 1 "<html>"',
    ],
    ["192.0.2.1\n192.0.2.2\n192.0.2.3\n", { maxEntries: 2 }, "more than the 2 entries allowed (maxEntries)"],
    ["192.0.2.1\n", { maxBytes: 5 }, "is too large. Expected: at most 5 bytes. Received: 10."],
    ["x".repeat(20_000), {}, "a line of more than 10000 characters"],
    ["a,b\n1,2\n", { format: "csv", column: "ip" }, 'line 1: expected a column "ip". Received: a, b.'],
    ["{}", { format: "json" }, "expected a list."],
    ['{"a": {}}', { format: "json", items: "a" }, 'expected a list under "a".'],
    ["[", { format: "json" }, "it:1:2: expected JSON"],
  ])("does not let the service start with the list %j", async (content, entry, reason) => {
    const { plugin } = ofFile(content, entry);
    await expect(prepared(plugin).done).rejects.toMatchObject({
      code: "PLUGIN_DATA_INVALID",
      message: expect.stringContaining(reason) as string,
    });
  });

  it("reads a file again when it changes; while one cannot be read, the last list goes on and others are looked at", async () => {
    const write = temporaryFolder();
    const [own, gone] = [write("own", "192.0.2.7\n"), write("gone", "192.0.2.7\n")];
    const plugin = threatList({ lists: { own: { file: own }, gone: { file: gone } } });
    rmSync(gone);
    const alert = await enrich(plugin, { summary: "192.0.2.7" });
    expect(alert.details?.threats).toMatchObject([{ list: "own" }]);
    expect(alert.errors).toEqual([expect.stringMatching(/^threat_list: .*gone cannot be read: ENOENT/)]);
    const { said, parts } = outside();
    writeFileSync(own, "192.0.2.8 and more\n");
    expect(await threatsIn(plugin, "192.0.2.7", parts)).toHaveLength(1);
    expect(said).toEqual([expect.stringMatching(/^report: .*own cannot be read: it is not a list: .* goes on\.$/)]);
    writeFileSync(own, "192.0.2.99\n");
    expect(await threatsIn(plugin, "192.0.2.7")).toEqual([]);
    expect(await threatsIn(plugin, "192.0.2.99")).toHaveLength(1);
  });

  it.each<[unknown, string]>([
    [{}, "lists: expected at least one list"],
    [{ own: {} }, "lists.own.file: expected either file or url"],
    [{ own: { file: "a", url: "https://a.example" } }, "lists.own.file: expected either file or url"],
    [{ own: { url: "file:///etc/passwd" } }, "lists.own.url: expected an address with http: or https:"],
    [
      { own: { file: "a", format: "csv" } },
      'lists.own.column: expected the name or the number of a column for format "csv"',
    ],
    [{ own: { file: "a", key: "ip" } }, 'lists.own.key: expected for format "json" only'],
    [{ own: { file: "a", refreshMs: 60_000 } }, "lists.own.refreshMs: expected with url only"],
    [{ "o w n": { file: "a" } }, "expected at most 63 letters"],
  ])("refuses the lists %j", (lists, reason) => {
    expect(() => threatList({ lists } as ThreatListOptions)).toThrow(reason);
  });
});

type Answering = (request: IncomingMessage, response: ServerResponse) => void;

/** A server whose answer a test changes. */
const feed = async (first: Answering) => {
  const state = { answer: first, asked: [] as Record<string, unknown>[] };
  const server = createServer((request, response) => {
    const { "if-none-match": etag, "if-modified-since": modified, authorization } = request.headers;
    state.asked.push({ etag, modified, authorization });
    state.answer(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { state, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/list?key=secret` };
};

const listing =
  (text: string, headers = {}): Answering =>
  (_, response) =>
    response.writeHead(200, headers).end(text);

describe("threatList from a server", () => {
  afterEach(() => void vi.restoreAllMocks());

  /** @returns moves the clock of the lists. */
  const clock = () => {
    let now = 1_000;
    vi.spyOn(performance, "now").mockImplementation(() => now);
    return (ms: number) => void (now += ms);
  };

  it("asks again after its time, by what the server knows it has not changed", async () => {
    const pass = clock();
    const validators = { etag: '"1"', "last-modified": "Mon, 09 Mar 2026 00:00:00 GMT" };
    const { state, url } = await feed(listing("192.0.2.7\n", validators));
    const headers = { authorization: "Bearer x" };
    const plugin = threatList({ lists: { feed: { url, headers, refreshMs: 60_000 } } });
    await prepared(plugin).done;
    pass(59_999);
    expect(await threatsIn(plugin, "192.0.2.7")).toHaveLength(1);
    expect(state.asked).toEqual([{ authorization: "Bearer x" }]);
    state.answer = (_, response) => response.writeHead(304).end();
    pass(1);
    expect(await threatsIn(plugin, "192.0.2.7")).toHaveLength(1);
    await vi.waitFor(() => expect(state.asked).toHaveLength(2));
    expect(state.asked[1]).toEqual({ authorization: "Bearer x", etag: '"1"', modified: validators["last-modified"] });
    state.answer = listing("192.0.2.8\n");
    await vi.waitFor(async () => {
      pass(60_000);
      expect(await threatsIn(plugin, "192.0.2.8")).toHaveLength(1);
    });
    expect(await threatsIn(plugin, "192.0.2.7")).toEqual([]);
  });

  it.each<[string, Answering, string]>([
    ["a server that fails", (_, response) => response.writeHead(503).end("x"), "Received: 503."],
    ["a page that is no list", listing("<html>\n"), "it is not a list"],
    ["an empty list", listing("# nothing\n"), "it is empty."],
    ["a list that is too large", listing("192.0.2.8\n".repeat(200)), "more than the 1000 bytes allowed (maxBytes)"],
    [
      "a list that breaks off",
      (_, response) =>
        response.writeHead(200, { "content-length": "99" }).write("192.0.2.8\n", () => response.destroy()),
      "cannot be read",
    ],
    ["a server that does not end", (_, response) => response.write("192.0.2.8\n"), "cannot be read"],
  ])("goes on with the last good list after %s, and says so", async (_, answer, reason) => {
    const pass = clock();
    const { state, url } = await feed(listing("192.0.2.7\n"));
    const bounds = { maxBytes: 1_000, requestMs: 300 };
    const plugin = threatList({ lists: { feed: { url, refreshMs: 1_000, ...bounds } } });
    await prepared(plugin).done;
    state.answer = answer;
    pass(1_000);
    const { said, parts } = outside();
    expect(await threatsIn(plugin, "192.0.2.7", parts)).toHaveLength(1);
    await vi.waitFor(async () => {
      expect(await threatsIn(plugin, "192.0.2.7", parts)).toHaveLength(1);
      expect(said).toHaveLength(2);
    });
    const origin = new URL(url).origin;
    expect(said[0]).toMatch(`error: threat list feed from ${origin}: `);
    expect(said[0]).toContain(reason);
    expect(said[0]).toMatch(/ The list that was read before goes on\.$/);
    expect(said[1]).toBe(said[0]?.replace("error", "report"));
    expect(said.join("")).not.toContain("secret");
  });

  it("lets the service start without a server, notes it in alerts, and tries again", async () => {
    const pass = clock();
    const { state, url } = await feed((_, response) => response.writeHead(500).end());
    const plugin = threatList({ lists: { feed: { url } } });
    const { said, done } = prepared(plugin);
    await done;
    expect(said).toEqual([expect.stringMatching(/^error: threat list feed from .*Received: 500\.$/)]);
    const { said: reports, parts } = outside();
    const alert = await enrich(plugin, { summary: "192.0.2.7" }, [], parts);
    expect(alert.errors).toEqual([expect.stringMatching(/^threat_list: threat list feed from .*Received: 500\.$/)]);
    expect(reports).toEqual([]);
    expect(state.asked).toHaveLength(1);
    state.answer = listing("192.0.2.7\n");
    pass(60_000);
    expect(await threatsIn(plugin, "192.0.2.7")).toHaveLength(1);
  });

  it("asks once for alerts of the same time", async () => {
    const { state, url } = await feed(listing("192.0.2.7\n"));
    const plugin = threatList({ lists: { feed: { url } } });
    const all = await Promise.all(Array.from({ length: 5 }, () => threatsIn(plugin, "192.0.2.7")));
    expect(all.every((threats) => threats.length === 1)).toBe(true);
    expect(state.asked).toHaveLength(1);
  });
});
