// What people do with the published packages, step by step, in folders outside the repository.
import { readdirSync, readFileSync, writeFileSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { readManifest } from "../repository.ts";
import type { Published } from "./publish-all.ts";
import { run, serve, type Environment } from "./run.ts";
import type { Tools } from "./tools.ts";

/** The package managers that make projects. */
export const MANAGERS = ["npm", "pnpm", "yarn"] as const;

export type Manager = (typeof MANAGERS)[number];

interface Story {
  readonly env: Environment;
  readonly log: (text: string) => void;
}

/** A story that makes folders of its own in `folder`. */
interface StoryIn extends Story {
  readonly folder: string;
}

interface Event {
  readonly category: string;
  readonly summary: string;
  readonly details: Readonly<Record<string, string>>;
}

/** What the service says of its alerts and schedules, as far as it is looked at here. */
interface StoredAlert {
  readonly _source: { readonly summary: string; readonly severity: string };
}

const edit = (file: string, from: string, to: string): void => {
  const text = readFileSync(file, "utf8");
  if (!text.includes(from)) throw new Error(`${file} has no ${JSON.stringify(from)} to edit:\n${text}`);
  writeFileSync(file, text.replaceAll(from, to));
};

const expectText = (text: string, pattern: RegExp, what: string): void => {
  if (!pattern.test(text)) throw new Error(`${what}: expected ${String(pattern)}. Received:\n${text}`);
};

const alertFile = (project: string): string => {
  const folder = readdirSync(join(project, "src")).find((name) => name.startsWith("alert-"));
  if (folder === undefined) throw new Error(`${project} has no alert.`);
  return join(project, "src", folder, `${folder}.ts`);
};

/** `<manager> create mozdef-alert`, then: tests pass, an edit makes them fail, taking it back makes them pass. */
export const createWith = async (
  manager: Manager,
  { folder, env, words, log }: StoryIn & { readonly words: readonly string[] },
): Promise<string> => {
  const project = join(folder, `with-${manager}`);
  mkdirSync(project);
  const at = { cwd: project, env };
  const create = {
    npm: ["create", "--yes", "mozdef-alert", "--", ...words],
    pnpm: ["create", "mozdef-alert", ...words],
    yarn: ["create", "mozdef-alert", ...words],
  };
  const began = Date.now();
  const said = await run(manager, create[manager], at);
  log(`${manager} create mozdef-alert ${words.join(" ")}: ${seconds(began)}, with all dependencies`);
  expectText(said, new RegExp(`Made Alert\\w+ in [^]*Next:\\s+${manager} `), "the generator");
  const test = () => run(manager, ["run", "test"], at);
  const started = Date.now();
  expectText(await test(), /Tests +\d+ passed/, "the first test");
  log(`${manager} run test: passes in ${seconds(started)}, ${seconds(began)} after ${manager} create began`);
  edit(alertFile(project), "minutes: 20", "minutes: 10");
  expectText(
    await run(manager, ["run", "test"], { ...at, code: 1 }),
    /exactly 20 minutes/,
    "the test of a changed alert",
  );
  edit(alertFile(project), "minutes: 10", "minutes: 20");
  await test();
  log("edited: fails; edited back: passes");
  return project;
};

const seconds = (started: number): string => `${((Date.now() - started) / 1000).toFixed(1)} s`;

/** The pack goes out as 1.0.0, and after a change with a changeset as 1.1.0. */
export const releaseTwice = async (project: string, { env, log }: Story): Promise<string> => {
  const at = { cwd: project, env };
  const commit = async (message: string): Promise<void> => {
    const git = ["-c", "user.name=test", "-c", "user.email=test@example.com"];
    await run("git", [...git, "add", "--all"], at);
    await run("git", [...git, "commit", "--quiet", "--message", message], at);
  };
  await commit("Start");
  const first = await run("npm", ["run", "release"], at);
  expectText(first, /, 0 survived/, "mozdef mutate");
  expectText(first, /1\.0\.0/, "changeset publish");
  log("npm run release: type check, lint of alerts, tests, mutation at 100 %, published 1.0.0");
  edit(alertFile(project), 'severity: "WARNING"', 'severity: "CRITICAL"');
  edit(alertFile(project).replace(/\.ts$/, ".test.ts"), 'severity: "WARNING"', 'severity: "CRITICAL"');
  const { name } = readManifest(project);
  writeFileSync(
    join(project, ".changeset/louder.md"),
    `---\n"${name}": minor\n---\n\nRaise the severity to CRITICAL.\n`,
  );
  await run("npm", ["run", "version-packages"], at);
  await commit("Raise the severity");
  expectText(await run("npm", ["run", "release"], at), /1\.1\.0/, "changeset publish");
  log("a changeset, npm run version-packages, npm run release: published 1.1.0");
  return name;
};

/** Three events an hour apart, from three addresses: an alert each. */
const HISTORY = ["01", "02", "03"].map((hour) => {
  const time = `2026-01-01T${hour}:00:30Z`;
  return { utctimestamp: time, receivedtimestamp: time, details: { sourceipaddress: `192.0.2.${Number(hour)}` } };
});

/** `mozdef backtest --against` a version that the registry has, and one that it does not have. */
export const compareVersions = async (
  project: string,
  { pack, env, event, log }: Story & { readonly pack: string; readonly event: Event },
): Promise<void> => {
  const at = { cwd: project, env };
  const events = join(project, "history.ndjson");
  const lines = HISTORY.map((one) => JSON.stringify({ ...event, ...one }));
  writeFileSync(events, lines.join("\n"));
  const alert = /class (Alert\w+) /.exec(readFileSync(alertFile(project), "utf8"))?.[1] ?? "";
  const times = ["--from", "2026-01-01T00:00:00Z", "--to", "2026-01-01T06:00:00Z"];
  const backtest = (version: string, code: number) =>
    run("npx", ["mozdef", "backtest", alert, "--events", events, ...times, "--against", version], { ...at, code });
  const said = await backtest(`${pack}@1.0.0`, 0);
  const wanted = HISTORY.map(() => '    ~ [^\n]+\n        severity: "WARNING" -> "CRITICAL"\n').join("");
  expectText(
    said,
    new RegExp(`against ${pack}@1\\.0\\.0: 0 added, 0 removed, ${HISTORY.length} changed\n${wanted}$`),
    "mozdef backtest --against",
  );
  log(`mozdef backtest ${alert} --against ${pack}@1.0.0: every alert has changed, in its severity only`);
  const unknown = await backtest("1.9.0", 2);
  expectText(
    unknown,
    new RegExp(`^CLI_VERSION_UNKNOWN: [^\n]* has no ${pack}@1\\.9\\.0[^\n]*\n$`),
    "an unknown version",
  );
  const elsewhere = {
    ...at,
    env: { ...env, npm_config_registry: "http://127.0.0.1:9/", npm_config_fetch_retries: "0" },
  };
  const unreachable = ["--events", events, "--against", "1.8.0"];
  expectText(
    await run("npx", ["mozdef", "backtest", alert, ...unreachable], { ...elsewhere, code: 3 }),
    /^CLI_REGISTRY_FAILED: [^\n]*ECONNREFUSED[^\n]*\n$/,
    "a registry that does not answer",
  );
  log("an unknown version ends with exit code 2, a registry that does not answer with 3, each with a sentence");
};

const configOf = (pack: string): string => `import { defineConfig } from "@mozdef/alert-runner";
export default defineConfig({
  store: { path: "data" },
  packs: ["${pack}"],
});
`;

/** A service with the pack: an event goes in, an alert comes out; then the next version of the pack, which says what is new. */
export const runPack = async (
  pack: string,
  { folder, env, event, log }: StoryIn & { readonly event: Event },
): Promise<void> => {
  const site = join(folder, "site");
  mkdirSync(site);
  const at = { cwd: site, env };
  writeFileSync(join(site, "package.json"), '{ "private": true, "type": "module" }');
  writeFileSync(join(site, "mozdef.config.ts"), configOf(pack));
  await run("npm", ["install", "--no-audit", "--no-fund", "@mozdef/alert-runner", `${pack}@1.0.0`], at);
  const before = await alertOf(site, { env, event });
  log(`${pack} 1.0.0 in a service with a configuration of five lines: "${before.summary}" (${before.severity})`);
  await run("npm", ["install", "--no-audit", "--no-fund", `${pack}@1.1.0`], at);
  const changes = readFileSync(join(site, "node_modules", pack, "CHANGELOG.md"), "utf8");
  expectText(changes, /## 1\.1\.0[^]*Raise the severity to CRITICAL\./, "the changelog in the pack");
  const after = await alertOf(site, { env, event: { ...event, details: { sourceipaddress: "192.0.2.99" } } });
  if (after.severity !== "CRITICAL") throw new Error(`Version 1.1.0 alerts with ${after.severity}.`);
  log(`${pack} 1.1.0: "${after.summary}" (${after.severity}); its CHANGELOG.md says: Raise the severity to CRITICAL.`);
};

/** Starts the service on any free port, posts the event, runs the pack's alert at once, returns what it made. */
const alertOf = async (
  site: string,
  { env, event }: { readonly env: Environment; readonly event: Event },
): Promise<StoredAlert["_source"]> => {
  const service = await serve("npx", ["mozdef-alert-runner"], {
    cwd: site,
    env: { ...env, PORT: "0" },
    until: /alerts: (http:\/\/[^\s"]+)\/alerts/,
  });
  const url = service.match[1] ?? "";
  try {
    const ask = async (path: string, body?: object): Promise<unknown> => {
      const answer = await fetch(`${url}${path}`, {
        ...(body !== undefined && {
          method: "POST",
          headers: { "content-type": "application/json" },
          body: JSON.stringify(body),
        }),
      });
      const text = await answer.text();
      if (!answer.ok) throw new Error(`${path}: ${answer.status} ${text}`);
      return JSON.parse(text) as unknown;
    };
    await ask("/events", event);
    const { schedules } = (await ask("/api/schedules")) as { schedules: readonly { readonly name: string }[] };
    for (const { name } of schedules.slice(0, 1)) await ask(`/api/schedules/${name}/run`, {});
    const { alerts } = (await ask("/api/alerts")) as { alerts: readonly StoredAlert[] };
    const [first] = alerts;
    if (first === undefined) throw new Error("The service made no alert.");
    return first._source;
  } finally {
    await service.stop();
  }
};

/** Every package can be imported, and every command shows its help, in each Node. */
export const importEverywhere = async (
  packages: readonly Published[],
  { folder, env, nodes, log }: StoryIn & Pick<Tools, "nodes">,
): Promise<void> => {
  const all = join(folder, "all");
  mkdirSync(all);
  writeFileSync(join(all, "package.json"), '{ "private": true, "type": "module" }');
  const names = packages.map(({ name, version }) => `${name}@${version}`);
  await run("npm", ["install", "--no-audit", "--no-fund", ...names], { cwd: all, env });
  const imported = packages.filter(({ isImported }) => isImported).map(({ name }) => name);
  const bins = packages.flatMap((each) => each.bins);
  writeFileSync(
    join(all, "import-all.js"),
    `for (const name of ${JSON.stringify(imported)}) {\n  const module = await import(name);\n  if (Object.keys(module).length === 0) throw new Error(name + " exports nothing");\n}\n`,
  );
  for (const [version, bin] of Object.entries(nodes)) {
    const at = { cwd: all, env: { ...env, PATH: `${bin}:${env.PATH ?? ""}` } };
    expectText(await run("node", ["--version"], at), new RegExp(`^v${version}\\.`), "node --version");
    await run("node", ["import-all.js"], at);
    for (const name of bins) await run(join("node_modules/.bin", name), ["--help"], at);
  }
  log(`${imported.length} packages import and ${bins.join(", ")} start in Node ${Object.keys(nodes).join(", ")}`);
};

const QUERY_SCRIPT = `import { compile, PhraseMatch, SearchQuery } from "@mozdef/query";
const [url] = process.argv.slice(2);
const index = "registry-test-events";
const ask = async (path, method, body) => {
  const answer = await fetch(url + "/" + path, { method, headers: { "content-type": "application/json" }, body: JSON.stringify(body) });
  if (!answer.ok) throw new Error(path + ": " + answer.status + " " + (await answer.text()));
  return answer.json();
};
try {
  await ask(index, "PUT", { mappings: { properties: { summary: { type: "text" }, utctimestamp: { type: "date" } } } });
  await ask(index + "/_doc?refresh=true", "POST", { summary: "login failed for root", utctimestamp: new Date().toISOString() });
  const body = compile(SearchQuery({ minutes: 5 }).must(PhraseMatch("summary", "login failed")), { now: new Date() });
  const { hits } = await ask(index + "/_search", "POST", body);
  console.log(hits.hits.length + " hit");
} finally {
  await fetch(url + "/" + index, { method: "DELETE" });
}
`;

/** `@mozdef/query` alone, in a plain script, against a real Elasticsearch. */
export const queryAlone = async (elasticsearch: string, { folder, env, log }: StoryIn): Promise<void> => {
  const plain = join(folder, "plain");
  mkdirSync(plain);
  const at = { cwd: plain, env };
  writeFileSync(join(plain, "package.json"), '{ "private": true, "type": "module" }');
  writeFileSync(join(plain, "search.js"), QUERY_SCRIPT);
  await run("npm", ["install", "--no-audit", "--no-fund", "@mozdef/query"], at);
  const installed = readdirSync(join(plain, "node_modules")).filter((name) => !name.startsWith("."));
  expectText(await run("node", ["search.js", elasticsearch], at), /^1 hit$/m, "the search");
  log(`@mozdef/query alone (installed: ${installed.join(", ")}) searches Elasticsearch from a plain script`);
};
