import { ecsSource } from "@mozdef/alert";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { pino } from "pino";
import { describe, expect, it, onTestFinished } from "vitest";
import { openStore } from "./open-store.ts";

const log = pino({ level: "silent" });

describe("a cluster", () => {
  it("is used below a prefix, and its address shown without credentials", () => {
    const opened = openStore({ node: "http://elastic:secret@127.0.0.1:9200", prefix: "mozdef-" }, { folder: "/", log });
    onTestFinished(opened.close);
    expect([opened.kind, opened.where]).toEqual(["cluster", "http://127.0.0.1:9200/"]);
    expect(opened.store.names.physical("alerts")).toBe("mozdef-alerts");
  });

  it("may have several nodes", () => {
    const nodes = ["http://a:9200", "http://b:9200"];
    const opened = openStore({ node: nodes, auth: { apiKey: "secret" } }, { folder: "/", log });
    onTestFinished(opened.close);
    expect(opened.where).toBe("http://a:9200/, http://b:9200/");
  });
});

describe("a wrong connection", () => {
  it.each([
    [
      { tls: { ca: "none.pem" } },
      "store.tls.ca: expected PEM text, or the path of a file. Cannot read /none.pem (ENOENT).",
    ],
    [
      { node: "nowhere" },
      'store.node: expected an address such as https://search.example.org:9200. Received: "nowhere".',
    ],
    [{ cloudId: "a:b" }, "store.node: expected either node or cloudId. Received: both."],
  ])("%j is named as the configuration has it", (options, message) => {
    expect(() => openStore({ node: "https://a:9200", ...options }, { folder: "/", log })).toThrow(
      expect.objectContaining({ code: "CONFIG_INVALID", message: `The configuration is wrong: ${message}` }),
    );
  });
});

describe("sources in clusters of their own", () => {
  it("are connected beside the store, and named when they cannot be", () => {
    const sources = (store: Record<string, unknown>) => ({ eu: ecsSource({ indices: ["logs-*"], store }) });
    const config = { node: "http://a:9200" };
    const opened = openStore(config, { folder: "/", log, sources: sources({ node: "http://far:9200" }) });
    onTestFinished(opened.close);
    expect([...opened.store.elsewhere.keys()]).toEqual(["eu"]);
    expect(() => openStore(config, { folder: "/", log, sources: sources({ node: "nowhere" }) })).toThrow(
      "The configuration is wrong: sources.eu.store.node: expected an address",
    );
  });
});

describe("fields that packs declare", () => {
  it.each([{ node: "http://127.0.0.1:9200" }, { path: "data" }])("are known to the store: %o", (config) => {
    const folder = mkdtempSync(path.join(tmpdir(), "mozdef-store-"));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const opened = openStore(config, { folder, log, fields: { "details.script": "text", "details.bytes": "long" } });
    onTestFinished(opened.close);
    expect([...opened.store.texts]).toEqual(["summary", "details.script"]);
  });
});

describe("an embedded store", () => {
  it("is kept in a folder beside the configuration, by one process at a time", async () => {
    const folder = mkdtempSync(path.join(tmpdir(), "mozdef-store-"));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const opened = openStore({ path: "data" }, { folder, log });
    expect([opened.kind, opened.where]).toEqual(["embedded", path.join(folder, "data")]);
    await opened.store.client.index({ index: "a", id: "1", document: { a: 1 } });
    await opened.close();

    const again = openStore({ path: "data" }, { folder, log });
    onTestFinished(again.close);
    expect((await again.store.client.get({ index: "a", id: "1" }))._source).toEqual({ a: 1 });
  });
});
