import { EmbeddedSearch } from "@mozdef/embedded-search";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";

const until = { timeout: 110_000, interval: 50 };
const BIN = join(import.meta.dirname, "../src/bin.ts");

const CONFIG = `export default {
  resolve: { conditions: ["@mozdef/source"] },
  ssr: { resolve: { conditions: ["@mozdef/source"] }, noExternal: [/@mozdef/] },
};
`;

/** A store with three failures of one user in the last day. */
const storeWithEvents = async (): Promise<string> => {
  const search = new EmbeddedSearch();
  onTestFinished(() => search.close());
  const { port } = await search.listen({ port: 0 });
  const time = new Date(Date.now() - 3_600_000).toISOString();
  const failure = { category: "login", details: { result: "failure", user: "ada" } };
  for (let id = 0; id < 3; id++)
    await search.handle({
      ...{ method: "PUT", path: `/events-20170101/_doc/${id}`, querystring: "refresh=true", headers: {} },
      body: JSON.stringify({ ...failure, utctimestamp: time, receivedtimestamp: time }),
    });
  return `http://127.0.0.1:${port}`;
};

/** `mozdef dev` over a copy of a pack. What it says of each run is one text. */
const developing = (...words: readonly string[]) => {
  const path = mkdtempSync(join(tmpdir(), "mozdef-dev-"));
  cpSync(join(import.meta.dirname, "fixtures/pack"), path, { recursive: true });
  symlinkSync(join(import.meta.dirname, "../node_modules"), join(path, "node_modules"));
  writeFileSync(join(path, "vitest.config.mjs"), CONFIG);
  const tests = join(path, "src/alert-failures.test.ts");
  // What it has beside its suite fails, for those who run it.
  writeFileSync(tests, readFileSync(tests, "utf8").replace("toBe(2)", "toBe(1)"));
  // Nobody listens on this port.
  const env = { ...process.env, NODE_OPTIONS: "", NO_COLOR: "1", PORT: "1" };
  for (const name of ["VITEST", "VITEST_MODE", "VITEST_POOL_ID", "VITEST_WORKER_ID", "TEST"])
    Reflect.deleteProperty(env, name);
  const child = spawn(process.execPath, ["--conditions=@mozdef/source", BIN, "dev", ...words], { cwd: path, env });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (text) => (output += String(text)));
  onTestFinished(async () => {
    const ended = once(child, "exit");
    child.kill("SIGTERM");
    expect(await ended).toEqual([0, null]);
    rmSync(path, { recursive: true });
  });
  const runs = () => output.split(/^(?=\d\d:\d\d:\d\d )/m);
  const nextRun = async (count: number) => {
    await expect.poll(() => runs()[count] ?? output, until).toMatch(/^\d\d:\d\d:\d\d [^]*\n {2}replay .*\n/);
    return runs()[count] ?? "";
  };
  const edit = (file: string, change: (text: string) => string): void => {
    const whole = join(path, file);
    writeFileSync(whole, change(readFileSync(whole, "utf8")));
  };
  return { nextRun, edit, output: () => output };
};

describe("mozdef dev", { timeout: 120_000 }, () => {
  it("tests and replays an alert as it is edited", async () => {
    const url = await storeWithEvents();
    const { nextRun, edit, output } = developing("AlertFailures", "--url", url);
    const first = await nextRun(1);
    expect(output()).toContain(`AlertFailures: watching src; events of ${url}.`);
    expect(first).toMatch(/tests {3}\d+ passed/);
    expect(first).toContain("3 events looked at, 1 alert");

    edit("src/alert-failures.ts", (text) => text.replace("threshold: 3", "threshold: 4"));
    const second = await nextRun(2);
    expect(second).toMatch(/src\/alert-failures\.ts\n {2}tests {3}\d+ failures?, /);
    expect(second).toContain("0 alerts; since the edit before 0 added, 1 removed, 0 changed");

    edit("src/alert-failures.ts", (text) => `${text}const x = ((;\n`);
    const third = await nextRun(3);
    expect(third).toContain("tests   1 failure, 0 passed");
    expect(third).toMatch(/replay {2}not possible: Cannot load the pack .*, at .*src\/alert-failures\.ts:\d+/);
  });

  it("says in a sentence that there are no events, and tests", async () => {
    const { output } = developing("--no-service");
    await expect.poll(output, until).toMatch(/tests {3}\d+ passed/);
    expect(output()).toContain("No store with events: no service answers at");
    expect(output()).not.toContain("  replay ");
  });
});
