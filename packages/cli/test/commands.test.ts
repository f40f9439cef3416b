import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Outcome, runMozdef } from "./run-mozdef.ts";

const pack = join(import.meta.dirname, "fixtures/pack");
const folder = mkdtempSync(join(tmpdir(), "mozdef-cli-"));
afterAll(() => rmSync(folder, { recursive: true }));

const mozdef = (...words: readonly string[]): Promise<Outcome> => runMozdef(pack, words);

/** A copy of the pack with one file changed. */
const packWith = (name: string, file: string, change: (text: string) => string): string => {
  const copy = join(folder, name);
  cpSync(pack, copy, { recursive: true });
  symlinkSync(join(import.meta.dirname, "../node_modules"), join(copy, "node_modules"));
  const text = readFileSync(join(copy, file), "utf8");
  const changed = change(text);
  expect(changed).not.toBe(text);
  writeFileSync(join(copy, file), changed);
  return copy;
};

/** Failures of two users over two days, a heartbeat in each ten minutes but one. */
const events = Array.from({ length: 2 * 144 }, (_, index) => {
  const time = new Date(Date.UTC(2017, 0, 1) + index * 600_000 + 30_000).toISOString();
  const common = { utctimestamp: time, receivedtimestamp: time };
  const user = index < 144 ? "ada" : "grace";
  const failure = { ...common, category: "login", details: { result: "failure", user } };
  return [
    ...(index === 100 ? [] : [{ ...common, category: "heartbeat" }]),
    ...(index % 72 === 10 ? [failure, failure, failure] : []),
    ...(index % 72 === 20 ? [failure, failure] : []),
  ];
}).flat();
const file = join(folder, "events.ndjson");
const event = join(folder, "event.json");
const times = ["--from", "2017-01-01T12:00:00Z", "--to", "2017-01-02T12:00:00Z"];

beforeAll(() => {
  writeFileSync(file, events.map((one) => JSON.stringify(one)).join("\n"));
  writeFileSync(event, JSON.stringify({ category: "Login", details: { result: "failure" } }));
});

describe.concurrent("mozdef", { timeout: 300_000 }, () => {
  it("has help for everything, with examples and exit codes", async () => {
    const main = await mozdef("--help");
    expect(main).toMatchObject({ code: 0, err: "" });
    for (const command of ["dev", "test", "try", "mutate", "explain", "backtest", "lint"]) {
      expect(main.out).toContain(command);
      const { code, out } = await mozdef(command, "--help");
      expect(code).toBe(0);
      expect(out).toMatch(new RegExp(`Examples:\n {2}mozdef ${command}`));
      expect(out).toContain("Exit codes:");
    }
  });

  it("answers wrong words with a sentence and exit code 2", async () => {
    const unknown = await mozdef("mutate", "AlertNone");
    expect(unknown).toMatchObject({ code: 2, out: "" });
    expect(unknown.err).toContain(
      'CLI_TARGET_UNKNOWN: No pack and no alert is named "AlertNone".\nPacks: @example/alerts.\nAlerts: AlertFailures, AlertHeartbeat.',
    );
    expect(await mozdef("nonsense")).toMatchObject({
      code: 2,
      err: expect.stringContaining("unknown command 'nonsense'"),
    });
    expect(await mozdef("explain", "AlertFailures")).toMatchObject({
      code: 2,
      err: expect.stringContaining("CLI_OPTION_INVALID: Say where the events are: one of --event"),
    });
    // Before anything is read or run.
    expect(await mozdef("backtest", "--events", "absent.ndjson", "--max-per-day", "few")).toMatchObject({
      code: 2,
      err: expect.stringContaining("CLI_OPTION_INVALID: --max-per-day needs a number"),
    });
  });

  it("mutates a pack: survivors, acknowledged mutants, alerts without tests, a report for tools", async () => {
    const { code, out } = await mozdef("mutate");
    expect(code).toBe(1);
    expect(out).toContain("AlertFailures: ");
    expect(out).toContain(
      '  equivalent: drop must TermMatch("category", "login")\n    because only logins have a result',
    );
    expect(out).toContain(
      "  SURVIVED widen the window from 5m\n    No silent case has events that are just older than 5m.",
    );
    expect(out).toContain("AlertHeartbeat: no suite.");
    const report = JSON.parse((await mozdef("mutate", "--json", "--break", "0")).out) as {
      alerts: { alert: string; mutants: object[] }[];
      untested: string[];
      failed: object[];
    };
    expect([report.untested, report.failed]).toEqual([["AlertHeartbeat"], []]);
    expect(report.alerts[0]?.mutants).toContainEqual({
      description: "threshold 3 - 1",
      outcome: "noticed",
      noticedBy: "two failures",
      suggestion: null,
      reason: null,
    });
  });

  it("mutates what hooks and functions decide, without touching a file", { timeout: 300_000 }, async () => {
    const other = packWith("deciding", "src/alert-failures.ts", (text) =>
      text
        .replace("import { SearchQuery", "const MOST = 100;\n\nimport { SearchQuery")
        .replace("    return { summary", "    if (isMany(count) || !steps(3)) return null;\n    return { summary")
        .concat(
          [
            "",
            "const isMany = (count: number): boolean => count > MOST;",
            "",
            "// One of the changes of it never ends.",
            "const steps = (to: number): number => {",
            "  let at = 0;",
            "  // mozdef-mutate-ignore: it is always three",
            "  while (at !== 3) at += to;",
            "  // mozdef-mutate-ignore",
            "  return at;",
            "};",
            "",
          ].join("\n"),
        ),
    );
    const before = readFileSync(join(other, "src/alert-failures.ts"), "utf8");
    const { code, out } = await runMozdef(other, ["mutate", "AlertFailures", "--json"]);
    expect(code).toBe(1);
    const { alerts } = JSON.parse(out) as {
      readonly alerts: readonly {
        readonly stale: readonly string[];
        readonly mutants: readonly {
          readonly description: string;
          readonly outcome: string;
          readonly noticedBy: string | null;
        }[];
      }[];
    };
    const mutants = (alerts[0]?.mutants ?? []).filter(({ description }) => description.startsWith("src/"));
    const of = (outcome: string): readonly string[] =>
      mutants.filter((one) => one.outcome === outcome).map(({ description }) => description.slice(4));
    expect(of("survived")).toEqual([
      "alert-failures.ts:19 drop `isMany(count)` of `isMany(count) || !steps(3)`",
      "alert-failures.ts:19 drop `!steps(3)` of `isMany(count) || !steps(3)`",
      "alert-failures.ts:24 >= instead of > in `count > MOST`",
      "alert-failures.ts:24 101 instead of `MOST` in `count > MOST`",
      "alert-failures.ts:24 take `count > MOST` as never true",
    ]);
    expect(of("equivalent")).toEqual([]);
    const endless = mutants.find(({ description }) => description.includes("4 instead of `3`"));
    expect(endless).toMatchObject({ outcome: "noticed", noticedBy: expect.stringContaining("did not end within") });
    expect(alerts[0]?.stale).toEqual([
      "src/alert-failures.ts:30 mozdef-mutate-ignore: it is always three",
      "src/alert-failures.ts:32 mozdef-mutate-ignore without a reason",
    ]);
    expect(readFileSync(join(other, "src/alert-failures.ts"), "utf8")).toBe(before);
    expect(readdirSync(join(other, "src")).sort()).toEqual(readdirSync(join(pack, "src")).sort());
  });

  it("goes on without a pack that cannot be loaded, and ends with 3", { timeout: 300_000 }, async () => {
    const workspace = join(folder, "workspace");
    mkdirSync(join(workspace, "packs"), { recursive: true });
    const broken = packWith("unloadable", "src/index.ts", (text) => `import "./absent.ts";\n${text}`);
    const manifest = readFileSync(join(broken, "package.json"), "utf8");
    writeFileSync(join(broken, "package.json"), manifest.replace("@example/alerts", "@example/broken"));
    renameSync(broken, join(workspace, "packs/broken"));
    const good = packWith("loadable", "src/index.ts", (text) => `${text}\n`);
    renameSync(good, join(workspace, "packs/good"));
    const mutate = await runMozdef(workspace, ["mutate", "--json"]);
    expect(mutate.code).toBe(3);
    expect(mutate.err).toContain("CLI_PACK_UNREADABLE: Cannot load the pack @example/broken");
    expect(JSON.parse(mutate.out)).toMatchObject({
      alerts: [{ alert: "AlertFailures" }],
      failed: [{ alert: null, message: expect.stringContaining("absent.ts") }],
    });
    const lint = await runMozdef(workspace, ["lint", "--json"]);
    expect(lint.code).toBe(3);
    expect(JSON.parse(lint.out)).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ alert: "@example/broken", rule: "pack-unreadable" }),
        expect.objectContaining({ alert: "AlertHeartbeat", rule: "tests-missing" }),
      ]),
    );
    // The others can be named as if it were not there.
    expect((await runMozdef(workspace, ["mutate", "AlertFailures", "--break", "0"])).code).toBe(0);
    expect(await runMozdef(workspace, ["explain", "AlertNone", "--event", event])).toMatchObject({
      code: 2,
      err: expect.stringContaining("Cannot load the pack @example/broken"),
    });
  });

  it("fails when fewer mutants are noticed than asked for", async () => {
    expect((await mozdef("mutate", "AlertFailures")).code).toBe(1);
    expect((await mozdef("mutate", "AlertFailures", "--break", "50")).code).toBe(0);
    expect((await mozdef("mutate", "AlertFailures", "--break", "0")).code).toBe(0);
  });

  it("goes on after a suite that fails and a file that cannot be read, and ends with 3", async () => {
    const other = packWith("failing", "src/alert-failures.test.ts", (text) =>
      text.replace("3 failures of ada", "4 failures of ada"),
    );
    writeFileSync(join(other, "src/a-broken.test.ts"), 'import "./absent.ts";\n');
    writeFileSync(
      join(other, "src/alert-heartbeat.test.ts"),
      `import { describeAlert } from "@mozdef/alert-testing/vitest";
       import { AlertHeartbeat } from "./alert-heartbeat.ts";
       describeAlert(AlertHeartbeat, {
         fires: [{ name: "silence", alert: { category: "deadman" } }],
         silent: [{ name: "a heartbeat", events: [{ category: "heartbeat" }] }],
       });`,
    );
    const mutate = await runMozdef(other, ["mutate", "--json"]);
    expect(mutate.code).toBe(3);
    expect(mutate.err).toContain(
      'AlertFailures: not mutated. AlertFailures: "three failures" fails without any change.',
    );
    expect(JSON.parse(mutate.out)).toMatchObject({
      alerts: [{ alert: "AlertHeartbeat" }],
      failed: [{ alert: null, message: expect.stringContaining("a-broken.test.ts") }, { alert: "AlertFailures" }],
    });
    const lint = await runMozdef(other, ["lint", "--json"]);
    expect(lint.code).toBe(3);
    const found = JSON.parse(lint.out) as { alert: string; rule: string }[];
    expect(found.filter(({ rule }) => rule === "tests-failing").map(({ alert }) => alert)).toEqual([
      "AlertFailures",
      "@example/alerts",
    ]);
    expect(found).toContainEqual(expect.objectContaining({ alert: "AlertHeartbeat", rule: "readme-missing" }));
  });

  it("runs the tests of one alert, or of a pack", async () => {
    const other = packWith("tested", "src/alert-failures.test.ts", (text) => text.replace("toBe(2)", "toBe(1)"));
    writeFileSync(join(other, "src/other.test.ts"), 'throw new Error("not asked for");\n');
    const one = await runMozdef(other, ["test", "AlertFailures"]);
    expect([one.code, one.out]).toEqual([0, expect.stringMatching(/Test Files .*1 passed/)]);
    expect(one.err).toContain("CLI_TESTS_UNREADABLE");
    expect((await runMozdef(other, ["test"])).code).toBe(1);
    expect(await runMozdef(other, ["test", "AlertHeartbeat"])).toMatchObject({
      code: 2,
      err: expect.stringContaining("There are no tests of AlertHeartbeat."),
    });
  });

  it("says its version", async () => {
    const { version } = JSON.parse(readFileSync(join(import.meta.dirname, "../package.json"), "utf8")) as {
      readonly version: string;
    };
    expect(await mozdef("--version")).toMatchObject({ code: 0, out: `${version}\n` });
  });

  it("explains one event and many", async () => {
    const one = await mozdef("explain", "AlertFailures", "--event", event);
    expect(one.code).toBe(0);
    expect(one.out).toContain(
      'FAIL TermMatch("category", "login")\n       category is "Login": it differs in upper and lower case only',
    );
    expect(one.out).toContain('FAIL (added) ExistsMatch("details.user")\n       the event has no details.user');
    const many = await mozdef("explain", "AlertFailures", "--events", file, "--at", "2017-01-01T03:21:00Z", "--json");
    expect(JSON.parse(many.out)).toMatchObject({
      alert: "AlertFailures",
      searches: [
        {
          groups: { firing: 0, nearest: [{ value: "ada", count: 2, text: "2 of 3, 1 missing" }, { value: "grace" }] },
          silence: "no group reaches the threshold",
        },
      ],
    });
  });

  it("explains events in ECS, by their own names", async () => {
    const ecs = join(folder, "ecs.json");
    const message = "Failed password for root from 192.0.2.7 port 22 ssh2";
    const seen = {
      "@timestamp": "2017-01-01T00:00:00Z",
      message,
      process: { name: "su" },
      source: { ip: "192.0.2.7" },
    };
    writeFileSync(ecs, JSON.stringify(seen));
    const ssh = join(import.meta.dirname, "../../../alerts/ssh");
    const { code, out } = await runMozdef(ssh, ["explain", "AlertBruteforceSsh", "--event", ecs, "--ecs"]);
    expect(code).toBe(0);
    expect(out).toContain("groups of at least 10 by source.ip, last 2m, in logs-*");
    expect(out).toContain("PASS within the last 2m");
    expect(out).toContain('PASS PhraseMatch("message", "failed")');
    expect(out).toContain('FAIL TermMatch("process.name", "sshd")\n       process.name is "su"');
    const unnamed = await mozdef("explain", "AlertFailures", "--event", ecs, "--ecs");
    expect(unnamed).toMatchObject({ code: expect.any(Number), err: expect.stringContaining("no name for details.") });
    expect(unnamed.code).not.toBe(0);
  });

  it("runs alerts over events in ECS", async () => {
    const ecs = join(folder, "ecs.ndjson");
    const seen = (second: number) => ({
      "@timestamp": new Date(Date.UTC(2017, 0, 1, 0, 0, second)).toISOString(),
      message: "Failed password for invalid user a from 192.0.2.7 port 22 ssh2",
      process: { name: "sshd" },
      source: { ip: "192.0.2.7" },
    });
    writeFileSync(ecs, Array.from({ length: 12 }, (_, at) => JSON.stringify(seen(at))).join("\n"));
    const ssh = join(import.meta.dirname, "../../../alerts/ssh");
    const words = ["backtest", "AlertBruteforceSsh", "--events", ecs, "--ecs", "--json"];
    const { code, out } = await runMozdef(ssh, words);
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject([
      { events: 12, alerts: [{ name: "AlertBruteforceSsh" }], refused: { count: 0 } },
    ]);
  });

  it("counts what would have fired, and fails when it is too much", async () => {
    const { code, out, err } = await mozdef("backtest", ".", "--events", file, ...times, "--max-per-day", "0");
    expect(code).toBe(1);
    expect(out).toContain(
      [
        "  alerts a day",
        "    2017-01-01       1  AlertFailures",
        "    2017-01-01       1  AlertHeartbeat",
        "    2017-01-02       1  AlertFailures",
        "  noisiest groups",
        "         1  AlertFailures  details.user ada",
        "         1  AlertFailures  details.user grace",
      ].join("\n"),
    );
    expect(err).toContain("AlertFailures fires 1 time on 2017-01-01, more than the 0 allowed.");
  });

  it("leaves out what the pack disables, unless it is asked for", async () => {
    const other = packWith("disabled", "src/index.ts", (text) =>
      text.replace('{ minute: "*/10" })', '{ minute: "*/10" }), enabled: false'),
    );
    const backtest = (...words: readonly string[]): Promise<Outcome> =>
      runMozdef(other, ["backtest", ...words, "--events", file, ...times]);
    const { code, out } = await backtest(".");
    expect(code).toBe(0);
    expect(out).toContain(", 1 alert (");
    expect(out).toContain(
      "\n  left out, since the pack disables them: AlertHeartbeat (run them with --include-disabled, or by name)\n",
    );
    expect(out).not.toMatch(/\d +AlertHeartbeat/);
    const all = await backtest(".", "--include-disabled");
    expect(all.out).toMatch(/\d +AlertHeartbeat/);
    const named = await backtest("AlertHeartbeat");
    expect(named.out).toMatch(/\d +AlertHeartbeat/);
    for (const one of [all, named]) expect(one.out).not.toContain("left out");
    // Its tests and its page are there all the same.
    expect((await runMozdef(other, ["lint"])).out).toContain("AlertHeartbeat: has no suite");
    expect((await runMozdef(other, ["mutate"])).out).toContain("AlertHeartbeat: no suite.");
  });

  it("says so when a pack disables all of its alerts", async () => {
    const other = packWith("silent", "src/index.ts", (text) => text.replaceAll(" }) },", " }), enabled: false },"));
    const words = ["backtest", ".", "--events", file, "--against", pack];
    const { code, out } = await runMozdef(other, words);
    expect(code).toBe(0);
    expect(out.split("\n").slice(0, 2)).toEqual([
      "@example/alerts: no alert was run",
      expect.stringContaining("disables them: AlertFailures, AlertHeartbeat ("),
    ]);
    const { out: json } = await runMozdef(other, [...words, "--json"]);
    expect(JSON.parse(json)).toMatchObject([
      { from: null, to: null, names: [], disabled: ["AlertFailures", "AlertHeartbeat"], comparison: null },
    ]);
  });

  it("compares with another version, in processes of their own", async () => {
    const other = packWith("other", "src/alert-failures.ts", (text) =>
      text
        .replace("threshold: 3", "threshold: 2")
        .replace("failures of ${", "times ${")
        .replace("main() {", "main({ log }: any) { log.warn('it looked');"),
    );
    const { code, out, err } = await mozdef(
      "backtest",
      "AlertFailures",
      "--events",
      file,
      ...times,
      "--against",
      other,
      "--jobs",
      "2",
    );
    expect(code).toBe(0);
    // No progress where there is no screen; what a process says reaches the user.
    expect([...new Set(err.trim().split("\n"))]).toEqual(["warning: it looked"]);
    expect(out).toContain(`against ${other}: 0 added, 2 removed, 2 changed`);
    expect(out).toContain('    - 2017-01-01T15:25:00.000Z  AlertFailures  "2 times ada"');
    expect(out).toContain('        summary: "3 times ada" -> "3 failures of ada"');
  });

  it("reports the alerts of a class that is gone", async () => {
    const now = packWith("gone", "src/index.ts", (text) => text.replace(/ {4}AlertFailures: .*\n/, ""));
    const backtest = (...words: readonly string[]): ReturnType<typeof runMozdef> =>
      runMozdef(now, ["backtest", ...words, "--events", file, ...times, "--against", pack]);
    const { code, out } = await backtest(".");
    expect(code).toBe(0);
    expect(out).toMatch(/against .*: 0 added, [1-9]\d* removed, 0 changed/);
    expect(out).toMatch(/- 2017-01-01T\S+ {2}AlertFailures {2}"3 failures of ada"/);
    const named = await backtest("AlertHeartbeat");
    expect(named.out).toContain(": 0 added, 0 removed, 0 changed");
    // What was switched off before would not have fired, unless that is asked.
    const off = packWith("off", "src/index.ts", (text) =>
      text.replace(/(AlertFailures: .*) },/, "$1, enabled: false },"),
    );
    const against = ["backtest", ".", "--events", file, ...times, "--against", off];
    expect((await runMozdef(now, against)).out).toContain(": 0 added, 0 removed, 0 changed");
    expect((await runMozdef(now, [...against, "--include-disabled"])).out).toMatch(/0 added, [1-9]\d* removed/);
  });

  it("lints a pack", async () => {
    const { code, out } = await mozdef("lint", "--ignore", "readme-missing");
    expect(code).toBe(1);
    expect(out.trim().split("\n")).toEqual([
      expect.stringMatching(/^AlertFailures: looks back 300 s but runs every 300 s: .* \(window-gap\)$/),
      expect.stringMatching(/^AlertHeartbeat: has no suite\. .* \(tests-missing\)$/),
      "Each rule, with wrong and right code:",
      expect.stringMatching(/^ {2}https:.*docs\/lint\.md#tests-missing$/),
      expect.stringMatching(/^ {2}https:.*docs\/lint\.md#window-gap$/),
      "2 alerts, 2 problems",
    ]);
  });

  it("lints by the fields that a pack declares", async () => {
    const other = packWith("vendor", "src/alert-heartbeat.ts", (text) =>
      text.replace('"category"', '"vendor" as "details.vendor"'),
    );
    const only = ["lint", "AlertHeartbeat", "--ignore", "readme-missing", "tests-missing"];
    const unknown = await runMozdef(other, only);
    expect(unknown.code).toBe(1);
    expect(unknown.out).toContain('events have no field "vendor"');
    const index = join(other, "src/index.ts");
    writeFileSync(
      index,
      readFileSync(index, "utf8").replace("definePack({", 'definePack({ fields: { vendor: "keyword" },'),
    );
    expect(await runMozdef(other, only)).toMatchObject({ code: 0, out: "1 alert, 0 problems\n" });
  });

  it("works on the rules of a pack as on its alerts", async () => {
    const rules =
      '{ name: "failures:ten", task: AlertFailures, schedule: crontab({ minute: "*/10" }) }, { name: "bad" } as never';
    const other = packWith("rules", "src/index.ts", (text) =>
      text.replace("definePack({", `definePack({ rules: [${rules}],`),
    );
    const lint = await runMozdef(other, ["lint", "--ignore", "readme-missing", "tests-missing"]);
    expect(lint.out.trim().split("\n")).toEqual([
      expect.stringMatching(/^AlertFailures: looks back 300 s but runs every 300 s/),
      expect.stringMatching(/^failures:ten: looks back 300 s but runs every 600 s/),
      expect.stringMatching(/^@example\/alerts: .*the rule bad\.task is not an alert.* \(rule-invalid\)$/),
      "Each rule, with wrong and right code:",
      expect.stringContaining("#rule-invalid"),
      expect.stringContaining("#window-gap"),
      "3 alerts, 3 problems",
    ]);
    const { out } = await runMozdef(other, ["backtest", ".", "--events", file, "--json"]);
    expect(JSON.parse(out)).toMatchObject([{ names: ["AlertFailures", "AlertHeartbeat", "failures:ten"] }]);
    expect((await runMozdef(other, ["mutate", "AlertFailures"])).out).not.toContain("left out");
    expect((await runMozdef(other, ["mutate"])).out).toContain("@example/alerts: 1 rule left out: rules are data");
  });

  it("finds pages in folders that only begin as those of builds do", async () => {
    const other = packWith("pages", "src/index.ts", (text) => text.replaceAll("./alert-", "./distributed/alert-"));
    mkdirSync(join(other, "src/distributed"));
    for (const file of ["alert-failures.ts", "alert-failures.test.ts", "alert-heartbeat.ts"])
      renameSync(join(other, "src", file), join(other, "src/distributed", file));
    writeFileSync(join(other, "src/distributed/README.md"), "# Alerts\n");
    const { out } = await runMozdef(other, ["lint", "--ignore", "window-gap", "tests-missing"]);
    expect(out).toBe("2 alerts, 0 problems\n");
  });
});
