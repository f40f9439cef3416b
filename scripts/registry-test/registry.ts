// A registry on loopback: our packages are published to it, all others come through it from the registry npm is set to.
import { createRequire } from "node:module";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { serve, type Environment } from "./run.ts";

const require = createRequire(import.meta.url);

/** Packages that must never be looked for elsewhere, even once they are published there. */
const OURS = ["@mozdef/*", "create-mozdef-alert", "registry-test-*"];

const configuration = ({ storage, uplink, port }: { storage: string; uplink: string; port: number }) => ({
  storage,
  listen: `127.0.0.1:${port}`,
  web: { enable: false },
  uplinks: { upstream: { url: uplink, cache: true, maxage: "12h", timeout: "60s" } },
  packages: {
    ...Object.fromEntries(OURS.map((name) => [name, { access: "$all", publish: "$all", unpublish: "$all" }])),
    "**": { access: "$all", proxy: "upstream" },
  },
  middlewares: { audit: { enabled: false } },
  max_body_size: "200mb",
  log: { type: "stdout", format: "pretty", level: "warn" },
});

export interface Registry {
  readonly url: string;
  readonly stop: () => Promise<string>;
}

export interface RegistryOptions {
  readonly folder: string;
  /** Keeps the packages of others from one run to the next. */
  readonly cache: string;
  readonly uplink: string;
  readonly port: number;
  readonly env: Environment;
}

export const startRegistry = async ({ folder, cache, uplink, port, env }: RegistryOptions): Promise<Registry> => {
  for (const name of OURS)
    if (!name.endsWith("-*")) rmSync(join(cache, name.replace("/*", "")), { recursive: true, force: true });
  mkdirSync(cache, { recursive: true });
  rmSync(join(cache, "registry-test-alerts"), { recursive: true, force: true });
  rmSync(join(cache, ".verdaccio-db.json"), { force: true });
  const file = join(folder, "verdaccio.json");
  // YAML reads JSON, too.
  writeFileSync(file, JSON.stringify(configuration({ storage: cache, uplink, port })));
  const bin = join(require.resolve("verdaccio/package.json"), "../bin/verdaccio");
  const { stop } = await serve(process.execPath, [bin, "--config", file], {
    cwd: folder,
    env,
    until: /http address - (\S+)/,
  });
  return { url: `http://127.0.0.1:${port}/`, stop };
};
