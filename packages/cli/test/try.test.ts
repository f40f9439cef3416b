import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { runMozdef } from "./run-mozdef.ts";

const pack = join(import.meta.dirname, "fixtures/pack");
const folder = mkdtempSync(join(tmpdir(), "mozdef-try-"));
afterAll(() => rmSync(folder, { recursive: true }));

const lines = (count: number): string =>
  Array.from({ length: count }, (_, index) =>
    JSON.stringify({
      category: "login",
      utctimestamp: `2017-01-01T00:0${index}:00Z`,
      details: { result: "failure", user: "ada" },
    }),
  ).join("\n");

describe.concurrent("mozdef try", { timeout: 60_000 }, () => {
  it("runs the alert over standard input, at the time of the newest event", async () => {
    const { code, out, err } = await runMozdef(pack, ["try", "AlertFailures"], {}, lines(3));
    expect([code, err]).toEqual([0, ""]);
    expect(out).toContain("3 events read, the first 2 above");
    expect(out).toContain("The alert looks at 2017-01-01T00:02:00.000Z.");
    expect(out).toContain('PASS 3/3 TermMatch("category", "login")');
    expect(out).toContain('ALERT NOTICE "3 failures of ada"\n  category "login", tags ["login"], 3 events shown');
  });

  it("says why there is no alert", async () => {
    const file = join(folder, "two.ndjson");
    writeFileSync(file, lines(2));
    const { code, out } = await runMozdef(pack, ["try", "AlertFailures", "--file", file]);
    expect(code).toBe(0);
    expect(out).toMatch(/=> silent: [^]*No alert\./);
  });

  it("reads lines of a log, and prints for tools", async () => {
    const line = "Jan  5 10:00:00 gate2 sshd[77]: Failed password for root from 203.0.113.61 port 5022 ssh2\n";
    const { code, out } = await runMozdef(pack, ["try", "AlertFailures", "--json"], {}, line);
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({
      events: [{ parsers: ["syslog", "sshd"], event: { hostname: "gate2" } }],
      explanation: { alert: "AlertFailures" },
      errors: [],
      alerts: [],
    });
  });

  it("names file and line of a hook that throws, and ends with 3", async () => {
    const copy = join(folder, "throwing");
    cpSync(pack, copy, { recursive: true });
    symlinkSync(join(import.meta.dirname, "../node_modules"), join(copy, "node_modules"));
    const source = join(copy, "src/alert-failures.ts");
    const text = readFileSync(source, "utf8").replace(
      "    return { summary: `${count}",
      "    throw new Error('no');\n    return { summary: `${count}",
    );
    writeFileSync(source, text);
    const line = text.slice(0, text.indexOf("throw new Error")).split("\n").length;
    const { code, out } = await runMozdef(copy, ["try", "AlertFailures"], {}, lines(3));
    expect([code, out]).toEqual([3, expect.stringContaining(`at src/alert-failures.ts:${line}:`)]);
  });

  it("wants something to read", async () => {
    expect(await runMozdef(pack, ["try", "AlertFailures"])).toMatchObject({
      code: 2,
      err: expect.stringContaining("CLI_INPUT_INVALID: Standard input has no event."),
    });
  });
});
