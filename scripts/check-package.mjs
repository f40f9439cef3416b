// Checks one package as it would be published: packs it, then looks at the archive, not at the folder.
// Run in the folder of the package, after its build. Lists the size. `--no-types`: the package ships no code to import;
// `--limit KIB`: packed size that fails (default 512).
import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const KIB = 1_024;
/** In KiB. Larger than expected mostly means that something was bundled, or that files got in that nobody needs. */
const limit = Number(process.argv[process.argv.indexOf("--limit") + 1]) || 512;
const hasTypes = !process.argv.includes("--no-types");
const bin = new URL("../node_modules/.bin/", import.meta.url).pathname;
const folder = mkdtempSync(join(tmpdir(), "mozdef-pack-"));
const problems = [];

const run = (name, args) => {
  const { status, stdout, stderr } = spawnSync(name, args, { encoding: "utf8", shell: false });
  if (status !== 0) problems.push(`${name} ${args[0]}:\n${stdout}${stderr}`);
};

try {
  execFileSync("pnpm", ["pack", "--pack-destination", folder], { stdio: "pipe" });
  const archive = join(folder, readdirSync(folder)[0]);
  const files = execFileSync("tar", ["-tzf", archive], { encoding: "utf8" })
    .trim()
    .split("\n")
    .map((file) => file.replace("package/", ""));
  const manifest = JSON.parse(execFileSync("tar", ["-xzOf", archive, "package/package.json"], { encoding: "utf8" }));
  const local = JSON.parse(readFileSync("package.json", "utf8"));

  for (const file of files)
    if (!/^(dist\/|templates\/|package\.json$|README\.md$|LICENSE$|CHANGELOG\.md$)/.test(file))
      problems.push(`${file} does not belong into the archive`);
  for (const file of ["README.md", "LICENSE"])
    if (!files.includes(file)) problems.push(`${file} is missing from the archive`);
  if (files.some((file) => file.endsWith(".map"))) problems.push("source maps are packed, but the sources are not");
  // Scripts are for this repository only; what they say does not reach anyone.
  if (JSON.stringify({ ...manifest, scripts: {} }).match(/workspace:|catalog:|@mozdef\/source/))
    problems.push("package.json still has workspace:, catalog: or the development condition");
  for (const key of ["description", "license", "repository", "engines"])
    if (local[key] === undefined) problems.push(`package.json has no "${key}"`);

  const { size } = statSync(archive);
  const packed = Math.ceil(size / KIB);
  console.log(`${local.name}: ${packed} KiB packed, ${files.length} files`);
  if (packed > limit) problems.push(`the archive has ${packed} KiB, the limit is ${limit} KiB (--limit)`);

  run(join(bin, "publint"), ["run", archive, "--strict"]);
  if (hasTypes) run(join(bin, "attw"), [archive, "--profile", "esm-only"]);
} finally {
  rmSync(folder, { recursive: true });
}

if (problems.length > 0) {
  console.error(problems.join("\n"));
  process.exit(1);
}
