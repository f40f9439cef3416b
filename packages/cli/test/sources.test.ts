import { connectStore } from "@mozdef/alert-store";
import { EmbeddedSearch } from "@mozdef/embedded-search";
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Outcome, runMozdef } from "./run-mozdef.ts";

const pack = join(import.meta.dirname, "fixtures/sources");
const folder = mkdtempSync(join(tmpdir(), "mozdef-sources-"));
afterAll(() => rmSync(folder, { recursive: true }));

const start = Date.UTC(2017, 0, 1);
const failure = (minute: number) => ({
  "@timestamp": new Date(start + minute * 60_000).toISOString(),
  message: "Failed password for root from 192.0.2.7 port 22 ssh2",
  event: { outcome: "failure", ingested: new Date(start + minute * 60_000).toISOString() },
  process: { name: "sshd" },
  source: { ip: "192.0.2.7" },
  host: { name: "web1" },
});
const failures = [failure(1), failure(2)];
const file = join(folder, "logs.ndjson");
const event = join(folder, "event.json");
beforeAll(() => {
  writeFileSync(file, failures.map((one) => JSON.stringify(one)).join("\n"));
  writeFileSync(event, JSON.stringify(failure(1)));
});

/** A copy of the pack with another configuration of the service. */
const packWith = (name: string, config: string): string => {
  const copy = join(folder, name);
  cpSync(pack, copy, { recursive: true });
  symlinkSync(join(import.meta.dirname, "../node_modules"), join(copy, "node_modules"));
  writeFileSync(
    join(copy, "mozdef.config.ts"),
    `import { ecsSource } from "@mozdef/alert";\nexport default ${config};`,
  );
  return copy;
};

const summaries = ({ out }: Outcome): readonly string[] => {
  const [result] = JSON.parse(out) as [{ alerts: { name: string; content: { summary: string } }[] }];
  return result.alerts.map(({ name, content: { summary } }) => `${name}: ${summary}`).sort();
};

const FIRED = [
  "AlertGiven: 2 failures of 192.0.2.7 at web1",
  "AlertNamed: failure from 192.0.2.7",
  "AlertNamed: failure from 192.0.2.7",
];

describe.concurrent("mozdef and the sources of the service", { timeout: 120_000 }, () => {
  it("runs alerts over the events of a file as their sources have them", async () => {
    const outcome = await runMozdef(pack, ["backtest", ".", "--events", file, "--json"]);
    expect(outcome).toMatchObject({ code: 0, err: "" });
    expect(summaries(outcome)).toEqual(FIRED);
    expect(JSON.parse(outcome.out)).toMatchObject([{ events: 2, errors: [], refused: { count: 0, reason: null } }]);
  });

  it("finds the configuration in the folders above, and takes the one that is named", async () => {
    const below = await runMozdef(join(pack, "src"), ["backtest", "..", "--events", file, "--json"]);
    expect(summaries(below)).toEqual(FIRED);
    const config = join(
      packWith("own", '{ sources: { logs: ecsSource({ indices: ["logs-*"] }) } }'),
      "mozdef.config.ts",
    );
    const named = await runMozdef(pack, ["backtest", "AlertGiven", "--events", file, "--service", config, "--json"]);
    // Without a source of its own it looks at the service's events: the file is read as the service reads what arrives.
    expect(summaries(named)).toEqual(FIRED.slice(0, 1));
    const absent = await runMozdef(pack, ["backtest", ".", "--events", file, "--service", "absent.ts"]);
    expect(absent).toMatchObject({ code: 2, err: expect.stringContaining("CLI_OPTION_INVALID: --service needs") });
  });

  it("names a source that no configuration defines", async () => {
    const without = await runMozdef(pack, ["backtest", ".", "--events", file, "--no-service"]);
    expect(without).toMatchObject({ code: 2, out: "" });
    expect(without.err).toContain(
      'CLI_SOURCE_UNKNOWN: AlertNamed looks for events in a source that is not configured. Expected: a source under `sources` of the configuration. Received: "logs".\nNo configuration of the service was found',
    );
    const explained = await runMozdef(pack, ["explain", "AlertNamed", "--event", event, "--no-service"]);
    expect(explained).toMatchObject({ code: 2, err: expect.stringContaining("CLI_SOURCE_UNKNOWN: AlertNamed") });
    const other = packWith("other", '{ sources: { eu: ecsSource({ indices: ["eu-*"] }) } }');
    const { err } = await runMozdef(other, ["backtest", "AlertNamed", "--events", file]);
    expect(err).toContain('Expected: one of eu. Received: "logs".\nThe configuration is ');
  });

  it("says what is wrong with a configuration", async () => {
    const given = packWith("given", '{ alerts: { AlertGiven: { source: "lgos" } } }');
    const { code, err } = await runMozdef(given, ["backtest", ".", "--events", file]);
    expect(code).toBe(2);
    expect(err).toMatch(
      /CLI_CONFIG_INVALID: .*mozdef\.config\.ts: wrong alerts\.AlertGiven\.source\. Expected: a source/,
    );
    const wrong = packWith(
      "wrong",
      '{ sources: { logs: { indices: ["logs"], store: { auth: { apiKey: "secret" } } } } }',
    );
    const outcome = await runMozdef(wrong, ["explain", "AlertNamed", "--event", event]);
    expect(outcome.err).toContain("wrong sources.logs. Expected: ecsSource({ indices: [...] }) or its like.");
    expect(outcome.err).not.toContain("secret");
  });

  it("explains by the names of the source, one event and many", async () => {
    const one = await runMozdef(pack, ["explain", "AlertNamed", "--event", event]);
    expect(one).toMatchObject({ code: 0, out: expect.stringContaining('PASS TermMatch("event.outcome", "failure")') });
    const given = await runMozdef(pack, ["explain", "AlertGiven", "--events", file]);
    expect(given.out).toContain("groups of at least 2 by source.ip, last 10m, in logs-*");
    expect(given.out).toContain("=> fires");
  });

  it("lints by the fields of the sources", async () => {
    const words = ["lint", "--ignore", "readme-missing", "tests-missing"];
    expect(await runMozdef(pack, words)).toMatchObject({ code: 0, out: "2 alerts, 0 problems\n" });
    const wrong = packWith("typing", '{ sources: { logs: ecsSource({ indices: ["logs-*"] }) } }');
    const file = join(wrong, "src/alert-named.ts");
    writeFileSync(file, readFileSync(file, "utf8").replace("event.outcome", "event.outcme"));
    expect((await runMozdef(wrong, words)).out).toContain(
      'AlertNamed: TermMatch("event.outcme", "failure"): the events of the source logs have no field "event.outcme".',
    );
    const unknown = await runMozdef(pack, [...words, "--no-service"]);
    expect(unknown).toMatchObject({
      code: 1,
      out: expect.stringMatching(
        /^AlertNamed: AlertNamed looks .* Received: "logs"\. .* \(source-unknown\)\n(?:.*\n){2}2 alerts, 1 problem\n$/,
      ),
    });
  });

  it("lints by the source of the suite without a configuration of the service", async () => {
    const tested = packWith("suite", "{}");
    const suite = [
      'import { ecsSource } from "@mozdef/alert";',
      'import { describeAlert } from "@mozdef/alert-testing/vitest";',
      'import { AlertNamed } from "./alert-named.ts";',
      `describeAlert(AlertNamed, {
        source: ecsSource({ indices: ["logs-*"] }),
        sourceName: "logs",
        event: { process: { name: "sshd" }, event: { outcome: "failure" }, source: { ip: "192.0.2.7" } },
        alert: { category: "login", tags: [] },
        fires: [{ name: "a failure", events: [{}], alert: { summary: "failure from 192.0.2.7" } }],
        silent: [{ name: "a success", events: [{ event: { outcome: "success" } }] }],
      });`,
    ];
    writeFileSync(join(tested, "src/alert-named.test.ts"), suite.join("\n"));
    const outcome = await runMozdef(tested, ["lint", "AlertNamed", "--ignore", "readme-missing", "about-severity"]);
    expect(outcome).toMatchObject({ code: 0, out: "1 alert, 0 problems\n" });
  });

  it("copies events from the cluster, and from the clusters of sources", async () => {
    const [here, there] = [new EmbeddedSearch(), new EmbeddedSearch()];
    const listening = [await here.listen({ port: 0 }), await there.listen({ port: 0 })];
    try {
      const [own = "", eu = ""] = listening.map(({ url }) => url);
      await fill(own, "logs-auth", failures.slice(0, 1));
      await fill(eu, "logs-auth", failures);
      const words = ["--from", "2017-01-01T00:00:00Z", "--to", "2017-01-01T00:10:00Z", "--json"];
      const near = await runMozdef(pack, ["backtest", ".", "--url", own, ...words]);
      expect(summaries(near)).toEqual(FIRED.slice(1, 2));
      const source = `ecsSource({ indices: ["logs-*"], store: { node: "${eu}" } })`;
      const far = packWith("far", `{ sources: { logs: ${source} }, alerts: { AlertGiven: { source: "logs" } } }`);
      expect(summaries(await runMozdef(far, ["backtest", ".", "--url", own, ...words]))).toEqual(FIRED);
    } finally {
      await Promise.all(listening.map((server) => server.close()));
    }
  });
});

const fill = async (node: string, index: string, documents: readonly object[]): Promise<void> => {
  const { client } = connectStore({ node });
  await client.indices.create({ index, mappings: { properties: MAPPED } });
  await client.bulk({ index, refresh: true, operations: documents.flatMap((one) => [{ index: {} }, one]) });
  await client.close();
};

const keyword = { type: "keyword" } as const;
const MAPPED = {
  message: { type: "text" },
  process: { properties: { name: keyword } },
  event: { properties: { outcome: keyword } },
  source: { properties: { ip: { type: "ip" } } },
} as const;
