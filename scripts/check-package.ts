// Checks one package as it would be published: packs it, then looks at the archive, not at the folder.
// Run in the folder of the package, after its build. Lists the size. `--no-types`: the package ships no code to import;
// `--limit KIB`: packed size that fails (default 512).
import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { readManifest, root, type Manifest } from "./repository.ts";

const KIB = 1_024;

const { values } = parseArgs({
  options: {
    "no-types": { type: "boolean", default: false },
    // Larger than expected mostly means that something was bundled, or that files got in that nobody needs.
    limit: { type: "string", default: "512" },
  },
});

const bin = join(root, "node_modules/.bin");

const tool = (name: string, args: readonly string[]): readonly string[] => {
  const { status, stdout, stderr } = spawnSync(join(bin, name), args, { encoding: "utf8", shell: false });
  return status === 0 ? [] : [`${name} ${args.join(" ")}:\n${stdout}${stderr}`];
};

const read = (archive: string, args: readonly string[]): string =>
  execFileSync("tar", [...args.slice(0, 1), archive, ...args.slice(1)], { encoding: "utf8" });

const checkFiles = (files: readonly string[]): readonly string[] => [
  ...files
    .filter(
      (file) =>
        !/^(dist\/|templates\/|monitoring\/|(?:Dockerfile|compose\.yaml|kubernetes\.yaml|[\w-]+\.service|[\w-]+\.schema\.json)$|package\.json$|README\.md$|LICENSE$|THIRD-PARTY-NOTICES\.md$|CHANGELOG\.md$)/.test(
          file,
        ),
    )
    .map((file) => `${file} does not belong in the archive`),
  ...["README.md", "LICENSE"]
    .filter((file) => !files.includes(file))
    .map((file) => `${file} is missing from the archive`),
];

/** A map is of use only with the sources in it: they are not packed beside it. */
const checkMap = (file: string, text: string): readonly string[] => {
  const { sources, sourcesContent = [] } = JSON.parse(text) as {
    readonly sources: readonly string[];
    readonly sourcesContent?: readonly (string | null)[];
  };
  const isWhole = sources.every((_, place) => typeof sourcesContent[place] === "string");
  return isWhole ? [] : [`${file} is packed, but not the sources it maps to`];
};

const checkPacked = (manifest: Manifest): readonly string[] =>
  // Scripts are for this repository only; what they say does not reach anyone.
  /workspace:|catalog:|@mozdef\/source/.test(JSON.stringify({ ...manifest, scripts: {} }))
    ? ["package.json still has workspace:, catalog: or the development condition"]
    : [];

const folder = mkdtempSync(join(tmpdir(), "mozdef-pack-"));
const problems: string[] = [];
try {
  execFileSync("pnpm", ["pack", "--pack-destination", folder], { stdio: "pipe" });
  const archive = join(folder, ...readdirSync(folder));
  const files = read(archive, ["-tzf"])
    .trim()
    .split("\n")
    .map((file) => file.replace("package/", ""));
  problems.push(...checkFiles(files));
  for (const file of files.filter((one) => one.endsWith(".map")))
    problems.push(...checkMap(file, read(archive, ["-xzOf", `package/${file}`])));
  problems.push(...checkPacked(JSON.parse(read(archive, ["-xzOf", "package/package.json"])) as Manifest));

  const packed = Math.ceil(statSync(archive).size / KIB);
  console.log(`${readManifest(".").name}: ${packed} KiB packed, ${files.length} files`);
  if (packed > Number(values.limit))
    problems.push(`the archive has ${packed} KiB, the limit is ${values.limit} KiB (--limit)`);

  problems.push(...tool("publint", ["run", archive, "--strict"]));
  if (!values["no-types"]) problems.push(...tool("attw", [archive, "--profile", "esm-only"]));
} finally {
  rmSync(folder, { recursive: true });
}

if (problems.length > 0) {
  console.error(problems.join("\n"));
  process.exit(1);
}
