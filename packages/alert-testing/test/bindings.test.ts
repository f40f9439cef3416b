import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";

const fixtures = join(import.meta.dirname, "fixtures");
const vitest = join(dirname(createRequire(import.meta.url).resolve("vitest/package.json")), "vitest.mjs");

/** Without what the outer runner tells its own processes. */
const OWN = new Set(["NODE_TEST_CONTEXT", "VITEST", "NODE_OPTIONS", "TEST"]);
const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !OWN.has(name)));

const run = (...words: readonly string[]): { readonly code: number | null; readonly out: string } => {
  const { status, stdout, stderr } = spawnSync(process.execPath, words, { cwd: fixtures, env, encoding: "utf8" });
  return { code: status, out: `${stdout}${stderr}` };
};

const folder = mkdtempSync(join(tmpdir(), "bindings-"));
const report = join(folder, "junit.xml");
afterAll(() => rmSync(folder, { recursive: true }));

describe("describeAlert", () => {
  it("runs on vitest, with JUnit, and points at the line of the case that fails", () => {
    const { code } = run(vitest, "run", "--reporter=junit", `--outputFile=${report}`);
    expect(code).toBe(1);
    const out = readFileSync(report, "utf8");
    expect(out).toContain('tests="4" failures="1" errors="0" skipped="1"');
    expect(out).toContain('name="AlertExample &gt; fires &gt; an example"');
    expect(out).toContain("AlertExample &gt; silent &gt; nothing yet (skipped: waits for the parser)");
    expect(out).toContain("TestingError: The alert differs in 1 place.\n  summary\n");
    expect(out).toContain("Case: vitest.fixture.ts:9");
  }, 30_000);

  it("runs on node:test, with JUnit", () => {
    const { code, out } = run("--conditions=@mozdef/source", "--test", "--test-reporter=junit", "node.fixture.ts");
    expect(code).toBe(1);
    expect(out).toContain('<testcase name="an example"');
    expect(out).toMatch(
      /<testcase name="an example that is wrong"[^]*The alert differs in 1 place\.[^]*Case: node\.fixture\.ts:9/,
    );
    expect(out).toMatch(/<testcase name="nothing yet \(skipped: waits for the parser\)"[^]*<skipped/);
  }, 30_000);
});
