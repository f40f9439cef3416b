import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { backtestKey } from "./backtest-key.ts";

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
const key = backtestKey(job, events);

describe("the key of a backtest", () => {
  it.each([
    ["in another folder", { pack: packWith({}) }],
    ["after a change of its tests", { pack: packWith({ "src/alert/alert.test.ts": "it();" }) }],
    ["after a change beside its code", { pack: packWith({ "README.md": "other", "data/more.json": "{}" }) }],
  ])("is the same %s", (_, changes) => {
    expect(backtestKey({ ...job, ...changes }, structuredClone(events))).toBe(key);
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
    expect(backtestKey({ ...job, ...changes }, events)).not.toBe(key);
  });

  it("is another one for other events, however little differs", () => {
    const [first, second] = [events[0]!, events[1]!];
    const others = [
      [first],
      [second, first],
      [{ ...first, source: { summary: "a", details: { x: 2 } } }, second],
      [{ ...first, id: "3" }, second],
    ];
    expect(others.map((list) => backtestKey(job, list))).not.toContain(key);
  });
});
