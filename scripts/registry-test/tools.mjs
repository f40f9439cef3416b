// Package managers and Nodes of the versions that are tested, installed once.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { run } from "./run.mjs";

/** Yarn 4: changesets, which projects are made with, refuses older ones. */
const tools = (root) => ({
  pnpm: JSON.parse(readFileSync(join(root, "package.json"), "utf8")).packageManager.replace("pnpm@", ""),
  "@yarnpkg/cli-dist": "4.18.1",
  "node-22": "npm:node@22.23.3",
  "node-24": "npm:node@24.21.0",
});

/** @returns {Promise<{ bin: string, nodes: Record<string, string> }>} the folder of pnpm and yarn; Nodes by version. */
export const installTools = async (root, env) => {
  const folder = join(root, ".cache/registry-test/tools");
  const wanted = JSON.stringify({ private: true, dependencies: tools(root) }, null, 2);
  const manifest = join(folder, "package.json");
  const done = join(folder, "installed.json");
  if (!existsSync(done) || readFileSync(done, "utf8") !== wanted) {
    mkdirSync(folder, { recursive: true });
    writeFileSync(manifest, wanted);
    await run("npm", ["install", "--no-audit", "--no-fund", "--no-package-lock"], { cwd: folder, env });
    writeFileSync(done, wanted);
  }
  const modules = join(folder, "node_modules");
  return {
    bin: join(modules, ".bin"),
    nodes: {
      22: join(modules, "node-22/bin"),
      24: join(modules, "node-24/bin"),
      26: join(root, "node_modules/node/bin"),
    },
  };
};
