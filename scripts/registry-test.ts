/**
 * Publishes all packages to a registry of its own and uses them as people do, in folders outside the repository.
 *
 *   npm run registry-test -- [--elasticsearch URL] [--managers npm,pnpm,yarn] [--no-build] [--keep]
 *
 * `--elasticsearch`: also try `@mozdef/query` against it. `--managers`: who makes alerts; npm always does. `--no-build`: publish
 * what was built before. `--keep`: leave the folders for looking.
 * Packages of others come from the registry npm is set to, through the one that is started here, and are kept in `.cache`.
 */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { parseArgs } from "node:util";
import { freePort } from "./free-port.ts";
import { pnpm } from "./pnpm.mjs";
import { publishAll } from "./registry-test/publish-all.ts";
import { startRegistry, type Registry } from "./registry-test/registry.ts";
import { run, stopAll, type Environment } from "./registry-test/run.ts";
import {
  MANAGERS,
  compareVersions,
  createWith,
  importEverywhere,
  queryAlone,
  releaseTwice,
  runPack,
  type Manager,
} from "./registry-test/stories.ts";
import { installTools } from "./registry-test/tools.ts";
import { root } from "./repository.ts";

const { values } = parseArgs({
  options: {
    elasticsearch: { type: "string" },
    managers: { type: "string", default: "npm,pnpm,yarn" },
    "no-build": { type: "boolean" },
    keep: { type: "boolean" },
  },
});
const wanted = values.managers.split(",");
const began = Date.now();
const log = (text: string): void => console.log(`${((Date.now() - began) / 1000).toFixed(1).padStart(6)} s  ${text}`);

/** Every package manager asks the registry of this test, with a configuration and a cache of its own. */
const environment = (folder: string, registry: string, bins: readonly string[]): Environment => {
  const userconfig = join(folder, "npmrc");
  const host = registry.replace(/^http:/, "");
  writeFileSync(userconfig, `registry=${registry}\n${host}:_authToken=registry-test\n`);
  // What npm sets for its scripts would win over the files.
  const inherited = Object.entries(process.env).filter(([name]) => !/^(npm|pnpm|yarn)_/i.test(name));
  return {
    ...Object.fromEntries(inherited),
    PATH: [...bins, process.env.PATH].join(delimiter),
    HOME: folder,
    npm_config_userconfig: userconfig,
    npm_config_registry: registry,
    npm_config_cache: join(folder, "npm-cache"),
    npm_config_update_notifier: "false",
    // Packages of a minute ago are what this is about.
    pnpm_config_minimum_release_age: "0",
    // Publishing installs nothing: the copy is linked already.
    pnpm_config_verify_deps_before_run: "false",
    // The pnpm that is there is the right one: it need not look up its own packages for every platform.
    pnpm_config_pm_on_fail: "ignore",
    pnpm_config_store_dir: join(folder, "pnpm-store"),
    YARN_NPM_REGISTRY_SERVER: registry,
    YARN_UNSAFE_HTTP_WHITELIST: "127.0.0.1",
    YARN_NPM_MINIMAL_AGE_GATE: "0",
    YARN_GLOBAL_FOLDER: join(folder, "yarn"),
    YARN_ENABLE_TELEMETRY: "0",
    YARN_ENABLE_IMMUTABLE_INSTALLS: "false",
    NO_COLOR: "1",
    CI: "1",
  };
};

/** A kind of alert for each package manager. */
const WORDS: Readonly<Record<Manager, readonly string[]>> = {
  npm: ["proxy drop executable", "--pack", "registry-test-alerts"],
  pnpm: ["each one", "--kind", "1:1"],
  yarn: ["nothing came", "--kind", "deadman"],
};

const EVENT = { category: "helloworld", summary: "Something happened", details: { sourceipaddress: "192.0.2.7" } };

const build = async (): Promise<void> => {
  const code = await pnpm(["exec", "turbo", "run", "build", "--output-logs=errors-only"], { quiet: true });
  if (code !== 0) throw new Error("The packages cannot be built.");
  log("built");
};

const main = async (): Promise<void> => {
  const folder = mkdtempSync(join(tmpdir(), "mozdef-registry-"));
  let registry: Registry | undefined;
  try {
    const uplink = (await run("npm", ["config", "get", "registry"], { cwd: root, env: process.env })).trim();
    const tools = await installTools(process.env);
    log("pnpm, yarn, Node 22, 24 and 26 are there");
    if (!values["no-build"]) await build();
    const cache = join(root, ".cache/registry-test/storage");
    registry = await startRegistry({ folder, cache, uplink, port: await freePort(), env: process.env });
    const env = environment(folder, registry.url, [tools.nodes[26], tools.bin]);
    const own = { ...env, PATH: [join(root, "node_modules/.bin"), env.PATH].join(delimiter) };
    const packages = await publishAll({ copy: join(folder, "copy"), env: own, registry: registry.url });
    log(
      `published ${packages.length} packages: ${packages.map(({ name, version }) => `${name} ${version}`).join(", ")}`,
    );

    const around = { folder, env, log };
    const project = await createWith("npm", { ...around, words: WORDS.npm });
    for (const manager of MANAGERS.filter((name) => name !== "npm" && wanted.includes(name)))
      await createWith(manager, { ...around, words: WORDS[manager] });
    const pack = await releaseTwice(project, around);
    await compareVersions(project, { ...around, pack, event: EVENT });
    await runPack(pack, { ...around, event: EVENT });
    await importEverywhere(packages, { ...around, nodes: tools.nodes });
    if (values.elasticsearch === undefined) log("no --elasticsearch: @mozdef/query was not tried against one");
    else await queryAlone(values.elasticsearch, around);
    log("all of it works");
  } finally {
    await registry?.stop();
    stopAll();
    if (values.keep) console.log(`Kept: ${folder}`);
    else rmSync(folder, { recursive: true, force: true });
  }
};

for (const signal of ["SIGINT", "SIGTERM"])
  process.on(signal, () => {
    stopAll();
    process.exit(130);
  });
main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
