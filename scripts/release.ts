/**
 * `npm run release`: checks everything, then publishes what has a new version. See docs/publishing.md.
 *
 *   npm run release -- [--dry-run] [--otp CODE] [--registry URL]
 *
 * On GitHub it publishes with a statement of provenance; on a person's machine npm asks for the second factor.
 */
import { spawnSync } from "node:child_process";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { runChecks } from "./checks.mjs";
import { pnpm } from "./pnpm.mjs";
import { root } from "./repository.ts";

const { values } = parseArgs({
  options: { "dry-run": { type: "boolean" }, otp: { type: "string" }, registry: { type: "string" } },
});

const refuse = (reason: string): never => {
  console.error(reason);
  process.exit(1);
};

const git = (...args: readonly string[]): string =>
  spawnSync("git", args, { cwd: root, encoding: "utf8" }).stdout.trim();

/** What is published has to be what is in the repository. */
const checkTree = (): void => {
  const changed = git("status", "--porcelain");
  if (changed !== "") refuse(`The working tree has changes. Commit them first:\n${changed}`);
  const pending = readdirSync(join(root, ".changeset")).filter((name) => name.endsWith(".md") && name !== "README.md");
  if (pending.length > 0)
    refuse(
      `${pending.length} changesets are not yet versions. Run "npx pnpm changeset version", look at the changelogs, commit.`,
    );
};

const must = async (what: string, work: () => Promise<number>): Promise<void> => {
  console.log(`\n=== ${what}`);
  const code = await work();
  if (code !== 0) refuse(`${what} failed (exit code ${code}). Nothing was published.`);
};

const isDry = values["dry-run"] === true;
if (!isDry) checkTree();
await must("types, lint, tests, packed contents", runChecks);
console.log("\n=== publish");
const code = await pnpm(
  [
    ...["publish", "--recursive", "--access", "public", "--no-git-checks"],
    ...(process.env.GITHUB_ACTIONS === "true" ? ["--provenance"] : []),
    ...(isDry ? ["--dry-run"] : []),
    ...(values.otp === undefined ? [] : ["--otp", values.otp]),
    ...(values.registry === undefined ? [] : ["--registry", values.registry]),
  ],
  { env: { pnpm_config_verify_deps_before_run: "false" } },
);
if (code !== 0)
  refuse(`Publishing failed (exit code ${code}). Run it again: versions that are out already are passed over.`);
if (!isDry) await must("tags", () => pnpm(["exec", "changeset", "git-tag"]));
console.log(isDry ? "\nNothing was published (--dry-run)." : "\nPublished. Push the tags: git push --follow-tags");
