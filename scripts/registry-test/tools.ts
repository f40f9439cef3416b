// Package managers and Nodes of the versions that are tested, installed once.
import { existsSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { readManifest, root } from "../repository.ts";
import { run, type Environment } from "./run.ts";

/** Yarn 4: changesets, which projects are made with, refuses older ones. */
const tools = () => ({
  pnpm: String(readManifest(root).packageManager).replace("pnpm@", ""),
  "@yarnpkg/cli-dist": "4.18.1",
  "node-22": "npm:node@22.23.3",
  "node-24": "npm:node@24.21.0",
});

export interface Tools {
  /** The folder of pnpm and yarn. */
  readonly bin: string;
  /** The folder of each Node, by version. */
  readonly nodes: Readonly<Record<22 | 24 | 26, string>>;
}

export const installTools = async (env: Environment): Promise<Tools> => {
  const folder = join(root, ".cache/registry-test/tools");
  const wanted = JSON.stringify({ private: true, dependencies: tools() }, null, 2);
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
    bin: linked(join(folder, "bin"), join(modules, ".bin")),
    nodes: {
      22: join(modules, "node-22/bin"),
      24: join(modules, "node-24/bin"),
      26: join(root, "node_modules/node/bin"),
    },
  };
};

/** As somebody has them who has installed them: below `node_modules` they would be taken for those of a project. */
const linked = (bin: string, from: string): string => {
  rmSync(bin, { recursive: true, force: true });
  mkdirSync(bin);
  for (const name of ["pnpm", "yarn"]) symlinkSync(join(from, name), join(bin, name));
  return bin;
};
