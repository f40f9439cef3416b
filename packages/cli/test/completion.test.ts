import { spawnSync } from "node:child_process";
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { runMozdef } from "./run-mozdef.ts";

const pack = join(import.meta.dirname, "fixtures/pack");
const bin = mkdtempSync(join(tmpdir(), "mozdef-completion-"));
afterAll(() => rmSync(bin, { recursive: true }));

const complete = async (...words: readonly string[]): Promise<readonly string[]> => {
  const { code, out, err } = await runMozdef(pack, ["complete", "--", ...words]);
  expect([code, err]).toEqual([0, ""]);
  return out === "" ? [] : out.trim().split("\n");
};

describe.concurrent("completion", { timeout: 60_000 }, () => {
  it("knows commands, options, packs and alerts", async () => {
    expect(await complete("mu")).toEqual(["mutate"]);
    expect(await complete("comp")).toEqual(["completion"]);
    expect(await complete("try", "--f")).toEqual(["--file"]);
    expect(await complete("test", "AlertF")).toEqual(["AlertFailures"]);
    expect(await complete("lint", "")).toEqual(["@example/alerts", "AlertFailures", "AlertHeartbeat"]);
    expect(await complete("completion", "")).toEqual(["bash", "fish", "zsh"]);
  });

  it("leaves values of options, and what it does not know, to the shell", async () => {
    expect(await complete("try", "AlertFailures", "--file", "")).toEqual([]);
    expect(await complete("nonsense", "")).toEqual([]);
  });

  it("refuses a shell that it does not know", async () => {
    expect(await runMozdef(pack, ["completion", "tcsh"])).toMatchObject({
      code: 2,
      err: expect.stringContaining("Allowed choices are bash, zsh, fish"),
    });
  });

  it("completes in bash", async () => {
    const { out } = await runMozdef(pack, ["completion", "bash"]);
    const program = join(bin, "mozdef");
    writeFileSync(
      program,
      `#!/bin/sh\nexec "${process.execPath}" --conditions=@mozdef/source "${join(import.meta.dirname, "../src/bin.ts")}" "$@"\n`,
    );
    chmodSync(program, 0o755);
    const script = `${out}\nCOMP_WORDS=(mozdef test AlertH); COMP_CWORD=2; _mozdef; echo "\${COMPREPLY[@]}"`;
    const { stdout } = spawnSync("bash", ["-c", script], {
      cwd: pack,
      encoding: "utf8",
      env: { ...process.env, NODE_OPTIONS: "", PATH: [bin, process.env.PATH].join(delimiter) },
    });
    expect(stdout).toBe("AlertHeartbeat\n");
  });
});
