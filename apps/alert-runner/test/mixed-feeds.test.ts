import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { FEEDS, type Feed } from "../../../packages/all-packs/test/feeds/feeds.ts";
import { packs } from "../../../packages/all-packs/test/packs.ts";
import { type TestService, testService } from "./support/test-service.ts";

const FOLDER = new URL("../../../packages/all-packs/test/feeds/", import.meta.url);

/** Alerts of what is missing go off whatever is there; others need a folder of rules or a list of terms that is not here. */
const OTHERS = new Set(["deadman", "generic", "watchlist"]);
const PACKS = Object.entries(packs).flatMap(([name, pack]) => (OTHERS.has(name) ? [] : [pack]));

/** The way in that the sender of a feed would take. */
const routeOf = ({ file }: Feed): { readonly url: string; readonly type: string } => {
  if (file.includes("otlp")) return { url: "/v1/logs", type: "application/json" };
  if (file.includes("splunk")) return { url: "/services/collector/event", type: "application/json" };
  if (file.endsWith(".log")) return { url: "/events", type: "text/plain" };
  return { url: "/events", type: file.endsWith(".json") ? "application/json" : "application/x-ndjson" };
};

interface Origin {
  readonly via: string;
  readonly parser: string;
  readonly whole: number;
  readonly inPart: number;
  readonly refused: number;
  readonly reasons: Readonly<Record<string, number>>;
}

interface Schedules {
  readonly schedules: readonly { readonly name: string; readonly replacedBy: string | null }[];
}

const post = async ({ call }: TestService, feed: Feed): Promise<void> => {
  const { url, type } = routeOf(feed);
  const payload = readFileSync(new URL(feed.file, FOLDER));
  const { status } = await call({ method: "POST", url, payload, headers: { "content-type": type } });
  expect([feed.file, status]).toEqual([feed.file, 200]);
};

const alertsOf = async ({ opened: { store } }: TestService): Promise<readonly string[]> => {
  const index = store.names.physical("alerts-*");
  await store.client.indices.refresh({ index });
  const { hits } = await store.client.search<Readonly<Record<string, unknown>>>({ index, size: 1_000 });
  return hits.hits.map(({ _source = {} }) => `${String(_source.classname)}: ${String(_source.summary)}`).sort();
};

/** All feeds in one day's index, and what became of them. */
const run = async (feeds: readonly Feed[]) => {
  const service = await testService({ packs: PACKS, start: "2026-03-10T09:19:50Z" });
  for (const feed of feeds) await post(service, feed);
  await service.opened.store.client.indices.refresh({ index: service.opened.store.names.physical("events-*") });
  for (const now of ["09:20:00", "09:30:00", "10:00:00"]) await service.tickAt(`2026-03-10T${now}Z`);
  const { schedules } = (await service.call({ url: "/api/schedules" })).body as unknown as Schedules;
  const replaced = schedules.flatMap(({ name, replacedBy }) => (replacedBy === null ? [] : [name]));
  const { origins } = (await service.call({ url: "/api/intake" })).body as unknown as { origins: readonly Origin[] };
  return { alerts: await alertsOf(service), origins, replaced };
};

const sum = (origins: readonly Origin[], name: "whole" | "inPart" | "refused"): number =>
  origins.reduce((total, origin) => total + origin[name], 0);

describe("all feeds in one index", () => {
  it("are kept, and set off the same alerts in whatever order they come", { timeout: 60_000 }, async () => {
    const [forth, back] = [await run(FEEDS), await run(FEEDS.toReversed())];
    for (const { origins } of [forth, back]) {
      expect(sum(origins, "refused")).toBe(0);
      expect(sum(origins, "whole") + sum(origins, "inPart")).toBe(
        FEEDS.reduce((total, { events }) => total + events, 0),
      );
      expect(origins.filter(({ inPart }) => inPart > 0)).toEqual([]);
    }
    const names = new Set(forth.alerts.map((alert) => alert.split(":", 1)[0]));
    const silent = new Set(FEEDS.flatMap(({ alerts }) => alerts).filter((name) => !names.has(name)));
    expect([...silent].filter((name) => !forth.replaced.includes(name))).toEqual([]);
    expect(back.alerts).toEqual(forth.alerts);
  });
});
