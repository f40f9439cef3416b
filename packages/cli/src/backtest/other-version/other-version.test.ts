import { execFileSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { packFolder, type PackFolder } from "../../packs/pack-folder.ts";
import { publishedVersion } from "./from-registry.ts";
import { otherVersion } from "./other-version.ts";

const top = mkdtempSync(join(tmpdir(), "other-version-"));
const workspace = join(top, "workspace");
const alerts = join(workspace, "alerts/example");
afterAll(() => rmSync(top, { recursive: true }));

const write = (file: string, text: string): void => {
  mkdirSync(join(file, ".."), { recursive: true });
  writeFileSync(file, text);
};

const manifest = (exports: string): string =>
  JSON.stringify({
    name: "@example/alerts",
    type: "module",
    exports,
    dependencies: { "@mozdef/alert": "*" },
  });

/** What it imports lies at the root of its workspace, as npm and yarn put it there. */
const pack = (version: string): PackFolder => {
  write(join(workspace, "node_modules/library/index.js"), 'export default "the present library";');
  write(join(workspace, "node_modules/library/package.json"), '{ "type": "module", "exports": "./index.js" }');
  write(join(alerts, "package.json"), manifest("./src/index.ts"));
  write(
    join(alerts, "src/index.ts"),
    `import library from "library";\nexport default \`${version} with \${library}\` as string;`,
  );
  return packFolder(alerts)!;
};

const contentOf = async ({ entry }: PackFolder): Promise<unknown> =>
  ((await import(pathToFileURL(entry).href)) as { readonly default: unknown }).default;

const codeOf = (work: () => unknown): unknown => {
  try {
    work();
    return "nothing";
  } catch (cause) {
    return (cause as { readonly code?: unknown }).code;
  }
};

// In a hook of git, these would make it work on another repository.
for (const name of Object.keys(process.env)) if (name.startsWith("GIT_")) vi.stubEnv(name, undefined);

const git = (...words: readonly string[]): void => {
  const who = ["-c", "user.name=test", "-c", "user.email=test@example.com"];
  execFileSync("git", [...who, ...words], { cwd: workspace, stdio: "ignore" });
};

describe("another version in git", () => {
  beforeAll(() => {
    pack("the first version");
    writeFileSync(join(workspace, ".gitignore"), "node_modules\n");
    git("init", "--initial-branch=main");
    git("add", "--all");
    git("commit", "--message", "First");
    git("tag", "first");
  });

  it("is read from its commit, with what the present one imports, and removed", async () => {
    const other = otherVersion(pack("the second version"), "first", workspace);
    expect(other.folder.name).toBe("@example/alerts");
    expect(await contentOf(other.folder)).toBe("the first version with the present library");
    other.remove();
    expect(existsSync(other.folder.path)).toBe(false);
    expect(existsSync(join(workspace, "node_modules/library/index.js"))).toBe(true);
  });

  it("is refused when git has no such commit", () => {
    expect(codeOf(() => otherVersion(pack("x"), "nonsense", workspace))).toBe("CLI_GIT_FAILED");
  });
});

describe("a published version", () => {
  const bin = join(top, "bin");
  const archive = join(top, "alerts-1.2.0.tgz");

  /** Stands in for npm, whose registry `scripts/registry-test.ts` tries. */
  const npm = (script: string): void => {
    write(join(bin, "npm"), `#!/bin/sh\n${script}\n`);
    chmodSync(join(bin, "npm"), 0o755);
  };

  beforeAll(() => {
    vi.stubEnv("PATH", `${bin}${delimiter}${process.env.PATH ?? ""}`);
    write(join(top, "package/package.json"), manifest("./dist/index.js"));
    write(
      join(top, "package/dist/index.js"),
      'import library from "library";\nexport default `1.2.0 with ${library}`;',
    );
    execFileSync("tar", ["-czf", archive, "-C", top, "package"]);
    return () => void vi.unstubAllEnvs();
  });

  it("is named by a number, also behind the name of the pack", () => {
    const words = ["1.2.0", "2.0.0-next.1", "@example/alerts@1.2.0", "@other/alerts@1.2.0", "v1.2.0", "1.2", "main"];
    expect(words.map((word) => publishedVersion({ name: "@example/alerts" }, word))).toEqual([
      "1.2.0",
      "2.0.0-next.1",
      "1.2.0",
      null,
      null,
      null,
      null,
    ]);
  });

  it("is fetched from the folder of the pack, with what the present one imports", async () => {
    const said = join(top, "said");
    npm(`echo "$PWD $*" > ${said}; cp ${archive} "$npm_config_pack_destination"`);
    const other = otherVersion(pack("x"), "1.2.0", workspace);
    expect(readFileSync(said, "utf8").trim()).toBe(`${alerts} pack @example/alerts@1.2.0 --json --ignore-scripts`);
    expect(await contentOf(other.folder)).toBe("1.2.0 with the present library");
    other.remove();
  });

  it.each([
    ["ETARGET", "CLI_VERSION_UNKNOWN"],
    ["E404", "CLI_VERSION_UNKNOWN"],
    ["ECONNREFUSED", "CLI_REGISTRY_FAILED"],
  ])("that npm does not get (%s) is %s", (code, expected) => {
    npm(`echo '{ "error": { "code": "${code}", "summary": "npm says why" } }'; exit 1`);
    expect(codeOf(() => otherVersion(pack("x"), "9.9.9", workspace))).toBe(expected);
  });

  it("says why it cannot be fetched", () => {
    npm("echo 'npm is broken' >&2; exit 1");
    expect(() => otherVersion(pack("x"), "9.9.9", workspace)).toThrow(
      "--against: cannot fetch @example/alerts@9.9.9 with npm: npm is broken",
    );
    npm("exit 0");
    expect(() => otherVersion(pack("x"), "9.9.9", workspace)).toThrow("npm gave no archive");
  });
});
