import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { ecsSource } from "@mozdef/alert";
import type { SourceOptions } from "@mozdef/alert/runtime";
import { OWN } from "../events/places.ts";
import type { StoredEvent } from "../events/read-events.ts";
import { backtestKey } from "./backtest-key.ts";
import type { Feed } from "./feed.ts";

const top = mkdtempSync(join(tmpdir(), "backtest-key-"));
afterAll(() => rmSync(top, { recursive: true }));

let folders = 0;
/** A pack in a folder of its own. */
const packWith = (files: Readonly<Record<string, string>>) => {
  const path = join(top, String(++folders));
  for (const [name, text] of Object.entries({ "src/index.ts": "export default 1;", ...files })) {
    mkdirSync(join(path, name, ".."), { recursive: true });
    writeFileSync(join(path, name), text);
  }
  return { name: "@example/alerts", path, entry: join(path, "src/index.ts") };
};

const job = {
  pack: packWith({}),
  alerts: ["A", "B"],
  gone: null,
  config: undefined,
  from: null,
  to: "2017-01-02T00:00:00.000Z",
};
const events = [
  { id: "1", source: { summary: "a", details: { x: 1 } } },
  { id: "2", source: { summary: "b" } },
];
const feedsOf = (some: readonly StoredEvent[]): readonly Feed[] => [{ place: OWN, source: null, events: some }];
const feeds = feedsOf(events);
const key = backtestKey(job, feeds);

describe("the key of a backtest", () => {
  it.each([
    ["in another folder", { pack: packWith({}) }],
    ["after a change of its tests", { pack: packWith({ "src/alert/alert.test.ts": "it();" }) }],
    ["after a change beside its code", { pack: packWith({ "README.md": "other", "data/more.json": "{}" }) }],
  ])("is the same %s", (_, changes) => {
    expect(backtestKey({ ...job, ...changes }, structuredClone(feeds))).toBe(key);
  });

  it.each([
    ["alerts", { alerts: ["A"] }],
    ["order of alerts", { alerts: ["B", "A"] }],
    ["alerts of the version compared with", { gone: { known: ["A", "B"], includesDisabled: false } }],
    ["configuration", { config: {} }],
    ["first slot", { from: "2017-01-01T00:00:00.000Z" }],
    ["last slot", { to: null }],
    ["pack", { pack: { ...job.pack, name: "@example/others" } }],
    ["code", { pack: packWith({ "src/index.ts": "export default 2;" }) }],
    ["code that is imported", { pack: packWith({ "src/alert/alert.ts": "export const a = 1;" }) }],
    ["lists that are imported", { pack: packWith({ "src/alert/ports.json": "[22]" }) }],
  ])("is another one for other: %s", (_, changes) => {
    expect(backtestKey({ ...job, ...changes }, feeds)).not.toBe(key);
  });

  it("is another one for other sources of the same events", () => {
    const named = (options: Partial<SourceOptions>): readonly Feed[] => {
      const source = ecsSource({ indices: ["logs-*"], ...options });
      return [{ place: { name: "logs", indices: source.indices }, source, events }];
    };
    const others = [{}, { indices: ["logs-a"] }, { time: ["event.created"] as const }, { delay: { minutes: 1 } }];
    expect(new Set([key, ...others.map((options) => backtestKey(job, named(options)))]).size).toBe(5);
  });

  it("is another one for other events, however little differs", () => {
    const [first, second] = [events[0]!, events[1]!];
    const others = [
      [first],
      [second, first],
      [{ ...first, source: { summary: "a", details: { x: 2 } } }, second],
      [{ ...first, id: "3" }, second],
    ];
    expect(others.map((list) => backtestKey(job, feedsOf(list)))).not.toContain(key);
  });
});
