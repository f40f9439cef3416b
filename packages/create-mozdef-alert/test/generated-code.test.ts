import { spawn } from "node:child_process";
import { cpSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { folderWith, runIn } from "./terminal.ts";

const own = dirname(dirname(fileURLToPath(import.meta.url)));
const repository = dirname(dirname(own));
/** Inside this package, so that the packages of the workspace are found from there. */
const project = join(own, "test/.generated");

interface Run {
  readonly code: number;
  readonly output: string;
}

const run = (program: string, words: readonly string[]): Promise<Run> =>
  new Promise((resolve) => {
    const child = spawn(join(repository, "node_modules/.bin", program), [...words], {
      cwd: project,
      // The reporter of this very run would be inherited.
      env: { ...process.env, VITEST: undefined, NODE_OPTIONS: undefined, NO_COLOR: "1", CI: "1" },
    });
    let output = "";
    for (const stream of [child.stdout, child.stderr]) stream.on("data", (text: Buffer) => (output += text.toString()));
    child.on("exit", (code) => resolve({ code: code ?? 1, output }));
  });

const EVENT = {
  category: "syslog",
  summary: "Failed password for root from 192.0.2.7",
  hostname: "web1",
  tags: ["auth"],
  details: { program: "sshd", success: false, sourceipaddress: "192.0.2.7", username: "root", port: 22, "a-b": ["x"] },
};
/** Logins of several users from several addresses, some of which work. */
const LOG = Array.from({ length: 12 }, (_, index) =>
  JSON.stringify({
    category: "authentication",
    summary: `Login of user${index % 3} ${index % 4 === 0 ? "worked" : "failed"}`,
    details: {
      program: "door",
      outcome: index % 4 === 0 ? "success" : "failure",
      sourceipaddress: `192.0.2.${index % 5}`,
      username: `user${index % 3}`,
      session: `s${index}`,
    },
  }),
).join("\n");
const BARE = { details: { outcome: 'not "quite" `${done}`', kind: "other" } };

/** Every kind, with and without a sample event, with fields and names that are not the template's own. */
const CALLS: readonly (readonly string[])[] = [
  ["hello world"],
  ["each one", "--kind", "1:1", "--category", "größe/a b"],
  ["nothing came", "--kind", "deadman"],
  ["first time", "--kind", "new"],
  ["first time of a tag", "--kind", "new", "--field", "tags"],
  ["more than usual", "--kind", "spike"],
  ["more of a tag than usual", "--kind", "spike", "--field", "tags"],
  ["sample spike", "--from-event", "event.json", "--kind", "spike", "--field", "details.username"],
  ["one then the other", "--kind", "sequence"],
  ["steps by host", "--kind", "sequence", "--field", "hostname", "--values", "details.a.b=one,two"],
  ["sample steps", "--from-event", "log.ndjson", "--kind", "sequence"],
  ["too many failures", "--kind", "percentage", "--category", "auth"],
  ["sample part", "--from-event", "event.json", "--kind", "percentage", "--values", "details.success=false,true"],
  ["sample of many", "--from-event", "log.ndjson"],
  ["sample new", "--from-event", "event.json", "--kind", "new", "--field", "details.username"],
  ["by host", "--field", "hostname"],
  ["by tags", "--field", "tags"],
  ["by success", "--field", "details.success"],
  ["by depth", "--field", "details.a.b-c"],
  ["sample", "--from-event", "event.json"],
  ["sample by port", "--from-event", "event.json", "--field", "details.port"],
  ["sample by program", "--from-event", "event.json", "--field", "details.program"],
  ["sample each", "--from-event", "event.json", "--kind", "1:1"],
  ["sample none", "--from-event", "event.json", "--kind", "deadman"],
  ["bare sample", "--from-event", "bare.json"],
  ["bare each", "--from-event", "bare.json", "--kind", "1:1"],
  ["a very long name of an alert whose lines would not fit into a hundred columns"],
];

const VITEST_CONFIG = `import { defineConfig } from "vitest/config";
export default defineConfig({
  resolve: { conditions: ["@mozdef/source"] },
  ssr: { resolve: { conditions: ["@mozdef/source"] } },
  test: { include: ["src/**/*.test.ts"], isolate: false },
});
`;

beforeAll(async () => {
  rmSync(project, { recursive: true, force: true });
  const empty = folderWith();
  const samples = folderWith({
    "event.json": JSON.stringify(EVENT),
    "bare.json": JSON.stringify(BARE),
    "log.ndjson": LOG,
  });
  for (const words of CALLS) {
    const full = words.map((word) => (word.endsWith("json") ? join(samples, word) : word));
    const { code, err } = await runIn(empty, [...full, "--no-install", "--no-git"]);
    expect([words, code, err]).toEqual([words, 0, ""]);
  }
  cpSync(empty, project, { recursive: true });
  for (const folder of [empty, samples]) rmSync(folder, { recursive: true });
  // Sources of the workspace instead of what would be installed; they need no build.
  writeFileSync(join(project, "vitest.config.ts"), VITEST_CONFIG);
  const tsconfig = join(project, "tsconfig.json");
  const { compilerOptions, ...rest } = JSON.parse(readFileSync(tsconfig, "utf8")) as { compilerOptions: object };
  writeFileSync(
    tsconfig,
    JSON.stringify({ compilerOptions: { ...compilerOptions, customConditions: ["@mozdef/source"] }, ...rest }),
  );
}, 300_000);
afterAll(() => rmSync(project, { recursive: true, force: true }));

describe("what is generated", () => {
  it("has an alert for each call", () => {
    expect(readdirSync(join(project, "src"))).toHaveLength(CALLS.length + 1);
    expect(readFileSync(join(project, "src/index.ts"), "utf8").match(/\{ task: \w+, schedule: /g)).toHaveLength(
      CALLS.length,
    );
  });

  it("compiles under its own strict settings", async () => {
    expect(await run("tsc", ["--noEmit"])).toEqual({ code: 0, output: "" });
  }, 300_000);

  it("passes the linter of this repository", async () => {
    expect(await run("eslint", ["--no-ignore", "src"])).toEqual({ code: 0, output: "" });
  }, 300_000);

  it("has tests that pass", async () => {
    const { code, output } = await run("vitest", ["run"]);
    expect([code, output]).toEqual([0, expect.stringMatching(new RegExp(`Test Files .*${CALLS.length} passed`))]);
  }, 300_000);

  it("has tests that notice every change of the alert", async () => {
    const { code, output } = await run("node", [
      "--conditions=@mozdef/source",
      join(repository, "packages/cli/src/bin.ts"),
      "mutate",
      project,
      "--break",
      "100",
    ]);
    expect([code, output]).toEqual([0, expect.stringContaining(", 0 survived")]);
  }, 300_000);

  it("has nothing that the linter of alerts complains about", async () => {
    const { code, output } = await run("node", [
      "--conditions=@mozdef/source",
      join(repository, "packages/cli/src/bin.ts"),
      "lint",
      project,
    ]);
    expect([code, output]).toEqual([0, expect.any(String)]);
  }, 300_000);
});
