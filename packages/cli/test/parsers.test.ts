import { cpSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { runMozdef } from "./run-mozdef.ts";

const doors = join(import.meta.dirname, "fixtures/doors");
const pack = join(doors, "packs/door");
const folder = mkdtempSync(join(tmpdir(), "mozdef-parsers-"));
afterAll(() => rmSync(folder, { recursive: true }));

const log = join(folder, "door.log");
const LINES = ["Jan  5 10:00:00 gate3 doord[7]: opened by 4711", "Jan  5 10:00:01 gate3 doord[7]: forced"];
beforeAll(() => writeFileSync(log, `${LINES.join("\n")}\n`));

const WARNING =
  "warning: There is already a parser door, from @example/door; the one from @example/gate is left out. The name says in each event who has read it: rename one of the two, or leave one of the packs out.\n";

interface Read {
  readonly parsers: readonly string[];
  readonly notes: readonly { readonly message: string }[];
  readonly event: { readonly summary: string; readonly category: string };
}

describe.concurrent("parsers of packs", { timeout: 120_000 }, () => {
  it("read a log, and leave an event as it is when they fail", async () => {
    const { code, out, err } = await runMozdef(pack, ["intake", "--explain", log, "--json"]);
    const [first, second] = out.split("\n", 2).map((line) => JSON.parse(line) as Read);
    expect([code, err]).toEqual([1, ""]);
    expect(first).toMatchObject({
      parsers: ["syslog", "door"],
      event: { summary: "opened by 4711", category: "door", details: { badge: "4711", program: "doord" } },
    });
    expect(second).toMatchObject({
      parsers: ["syslog"],
      notes: [{ code: "PARSER_FAILED", field: "door", message: 'It failed: no badge in "forced"' }],
      event: { summary: "forced", category: "syslog" },
    });
  });

  it("are those of all packs around here, with a warning for a name that two of them use", async () => {
    const gate = join(folder, "gate.ndjson");
    writeFileSync(gate, `{"gate":"north"}\n${LINES[0] ?? ""}\n`);
    const { code, out, err } = await runMozdef(doors, ["intake", "--explain", gate]);
    expect([code, err]).toEqual([0, WARNING]);
    expect(out).toContain("1 by gate");
    expect(out).toContain("1 by syslog > door");
  });

  it("are those of the configuration of the service, too", async () => {
    const config = join(folder, "mozdef.config.mjs");
    const parser = '{ name: "lift", recognise: ({ text }) => text === "lift", parse: () => ({ category: "lift" }) }';
    const made = '{ [Symbol.for("@mozdef/alert/pack")]: 1, alerts: {}, parsers: [' + parser + "] }";
    writeFileSync(config, `export default { packs: [${made}, "absent"] };`);
    const lift = join(folder, "lift.log");
    writeFileSync(lift, "lift\n");
    const { code, out, err } = await runMozdef(pack, ["intake", "--explain", lift, "--service", config]);
    expect([code, err]).toEqual([
      0,
      expect.stringMatching(/^warning: the parsers of absent are not asked: Cannot find/),
    ]);
    expect(out).toContain("line 1: lift");
  });

  it("read the events that an alert is explained on and run over", async () => {
    const older = join(folder, "older");
    cpSync(pack, older, { recursive: true });
    symlinkSync(join(import.meta.dirname, "../node_modules"), join(older, "node_modules"));
    const explained = await runMozdef(pack, ["explain", "AlertDoor", "--events", log]);
    expect(explained.out).toContain('PASS 1/2 TermMatch("category", "door")');
    // Its configuration of the service has the same pack.
    for (const words of [
      ["backtest", "AlertDoor"],
      ["backtest", ".", "--jobs", "2", "--against", older],
    ]) {
      const { code, out, err } = await runMozdef(pack, [...words, "--events", log, "--json"]);
      expect([code, err]).toEqual([0, ""]);
      expect(JSON.parse(out)).toMatchObject([{ alerts: [{ content: { summary: "opened by 4711" } }] }]);
    }
  });
});
