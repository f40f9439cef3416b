import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { runMozdef } from "./run-mozdef.ts";

const folder = mkdtempSync(join(tmpdir(), "mozdef-routes-"));
afterAll(() => rmSync(folder, { recursive: true }));
writeFileSync(
  join(folder, "mozdef.config.mjs"),
  `const action = { kind: "test", send() {} };
export default {
  actions: { chat: action, pager: action },
  routes: [
    { name: "urgent", match: { severity: "CRITICAL" }, to: ["pager"], escalate: { after: "15m", to: ["chat"] } },
    { name: "rest", to: ["chat"], groupBy: ["classname"] },
  ],
  windows: [{ name: "night", begins: { hour: 3, minute: 0 }, lasts: "2h" }],
};`,
);
writeFileSync(
  join(folder, "open.mjs"),
  `export default {
  actions: { chat: { kind: "test", send() {} } },
  routes: [{ match: { severity: "CRITICAL" }, to: ["chat"] }],
};`,
);
writeFileSync(join(folder, "wrong.mjs"), `export default { actions: {}, routes: [{ to: ["chat"] }] };`);
writeFileSync(join(folder, "alert.json"), JSON.stringify({ _source: { severity: "INFO", classname: "AlertA" } }));

describe.concurrent("mozdef routes test", { timeout: 60_000 }, () => {
  it("shows the tree, who gets the alert and when, and what mutes it", async () => {
    const at = ["--at", "2026-01-01T04:00:00Z"];
    const { code, out } = await runMozdef(folder, ["routes", "test", "severity=CRITICAL", ...at]);
    expect(code).toBe(0);
    expect(out).toBe(`* urgent  taken  (pager)
+ rest  fits  (chat)

-> pager at 2026-01-01T04:00:00.000Z, by route urgent
-> chat at 2026-01-01T04:15:00.000Z, by route urgent, when nobody has acknowledged it
muted by the maintenance window "night"
`);
  });

  it("fails when others get it than are expected", async () => {
    expect(await runMozdef(folder, ["routes", "test", "alert.json", "--expect", "chat"])).toMatchObject({ code: 0 });
    const wrong = await runMozdef(folder, ["routes", "test", "alert.json", "--expect", "chat,pager"]);
    expect(wrong).toMatchObject({ code: 1, err: "Expected: chat, pager. Received: chat.\n" });
  });

  it("prints for tools, and reads standard input", async () => {
    const alert = JSON.stringify({ severity: "INFO" });
    const { out } = await runMozdef(folder, ["routes", "test", "--json", "--at", "2026-01-01T12:00:00Z"], {}, alert);
    expect(JSON.parse(out)).toEqual({
      routes: ["rest"],
      deliveries: [{ target: "chat", route: "rest", at: "2026-01-01T12:00:30.000Z", escalation: false, grouped: true }],
      windows: [],
    });
  });

  it("warns when there are alerts that go to nobody", async () => {
    const words = ["routes", "test", "severity=CRITICAL", "--service", "open.mjs", "--expect", "chat"];
    const { code, err } = await runMozdef(folder, words);
    expect([code, err]).toEqual([0, expect.stringContaining("there are alerts that fit no route") as string]);
  });

  it.each([
    ["routes that are wrong", ["a=b", "--service", "wrong.mjs"], "to: expected names of actions (there are none)"],
    ["what is not JSON", ["mozdef.config.mjs"], "is not an alert as JSON"],
    ["a file that is missing", ["none.json"], "Cannot read"],
    ["a time that is none", ["a=b", "--at", "noon"], "--at needs a time in ISO 8601"],
  ])("refuses %s", async (_, words, message) => {
    const { code, err } = await runMozdef(folder, ["routes", "test", ...words]);
    expect(code).toBe(2);
    expect(err).toContain(message);
  });
});
