import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { doorPack } from "./support/alerts.ts";
import { createSite, type ListedAlerts, request, startService } from "./support/service-process.ts";
import { testService } from "./support/test-service.ts";

const until = { timeout: 60_000, interval: 50 };

const ALERT = `import { AlertTask, eachEvent } from "@mozdef/alert";
import { SearchQuery, TermMatch } from "@mozdef/query";
export class AlertDoor extends AlertTask {
  main() {
    return eachEvent(SearchQuery({ minutes: 10 }).must(TermMatch("category", "door")));
  }
  onEvent(event) {
    return { summary: "first version", category: "door", tags: [], events: [event] };
  }
}
`;

const INDEX = `import { definePack, interval } from "@mozdef/alert";
import { AlertDoor } from "./alert-door.ts";
export default definePack({ alerts: { AlertDoor: { task: AlertDoor, schedule: interval({ seconds: 1 }) } } });
`;

/** A project with a pack, as the generator makes it. */
const project = () => {
  const site = createSite("{ packs: [pack], listen: { port: 0 }, isolation: { processes: 1 } }");
  onTestFinished(site.remove);
  const file = (name: string) => path.join(site.folder, name);
  mkdirSync(file("src"));
  mkdirSync(file("node_modules"));
  symlinkSync(path.join(import.meta.dirname, "../node_modules/@mozdef"), file("node_modules/@mozdef"));
  writeFileSync(file("package.json"), JSON.stringify({ name: "my-alerts", type: "module" }));
  const config = file("mozdef.config.mjs");
  writeFileSync(config, `import pack from "./src/index.ts";\n${readFileSync(config, "utf8")}`);
  writeFileSync(file("src/index.ts"), INDEX);
  const write = (text: string) => writeFileSync(file("src/alert-door.ts"), text);
  write(ALERT);
  return { site, write };
};

describe("a service that watches", { timeout: 120_000 }, () => {
  it("runs an alert as it is edited, and as it was as long as it cannot be loaded", async () => {
    const { site, write } = project();
    const service = await startService(site, "source", 0, ["--watch"]);
    onTestFinished(async () => {
      await service.end("SIGKILL");
    });
    const summaries = async () =>
      (await request<ListedAlerts>(`${service.url}/api/alerts`)).alerts.map(({ _source }) => _source.summary);
    const open = () => request(`${service.url}/events`, "POST", { category: "door" });
    await expect.poll(service.output, until).toContain("watching 2 folders");
    await open();
    await expect.poll(summaries, until).toEqual(["first version"]);

    write(`${ALERT}const x = ((;\n`);
    await expect.poll(service.output, until).toContain("my-alerts/src/alert-door.ts:11");
    write(ALERT.replace("main()", "static x = undefined.y;\n  main()"));
    await expect.poll(service.output, until).toContain("my-alerts/src/alert-door.ts:4:24");
    await open();
    await expect.poll(summaries, until).toEqual(["first version", "first version"]);

    write(ALERT.replace("first", "second"));
    await expect.poll(service.output, until).toContain("took over the alerts");
    await open();
    await expect.poll(summaries, until).toContain("second version");
    expect(await service.end("SIGTERM")).toBe(0);
  });
});

describe("the store of a service", () => {
  const ask = (url: string, method: "POST" | "DELETE" = "POST", json: object | string = { size: 1 }) => ({
    ...{ method, url, payload: typeof json === "string" ? json : JSON.stringify(json) },
    headers: { "content-type": "application/vnd.elasticsearch+json; compatible-with=9" },
  });
  const category = { query: { term: { category: "door" } } };

  it("can be read while alerts are written", async () => {
    const { call, save } = await testService({ packs: [doorPack], isReadable: true });
    await save({ category: "door" }, { category: "other" });
    expect((await call(ask("/events*/_count", "POST", category))).body).toMatchObject({ count: 1 });
    const opened = (await call(ask("/events*/_pit?keep_alive=1m", "POST", ""))).body as unknown as { id: string };
    const found = await call(ask("/_search", "POST", { pit: { id: opened.id }, ...category }));
    expect(found.body).toMatchObject({ hits: { hits: [{ _source: { category: "door" } }] } });
    expect((await call(ask("/_pit", "DELETE", { id: opened.id }))).body).toMatchObject({ succeeded: true });
    const lines = `{"index":"events*"}\n${JSON.stringify(category)}\n`;
    expect((await call(ask("/_msearch", "POST", lines))).body).toMatchObject({ responses: [{ status: 200 }] });
    expect(await call(ask("/events*/_search", "POST", { query: { nothing: {} } }))).toMatchObject({ status: 400 });
  });

  it("is for the service alone otherwise", async () => {
    const { call } = await testService({ packs: [doorPack] });
    for (const request of [ask("/_search"), ask("/events*/_count"), ask("/_pit", "DELETE")])
      expect(await call(request)).toMatchObject({ status: 403, body: { error: { code: "STORE_CLOSED" } } });
  });
});
