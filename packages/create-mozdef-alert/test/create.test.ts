import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import type { Report } from "../src/cli/report.ts";
import { answering, folderWith, type RunOptions, runIn, writeFiles } from "./terminal.ts";

const folders: string[] = [];
const folder = (files: Readonly<Record<string, string>> = {}): string => {
  const path = folderWith(files);
  folders.push(path);
  return path;
};
afterEach(() => {
  for (const path of folders.splice(0)) rmSync(path, { recursive: true });
});

const read = (...parts: readonly string[]): string => readFileSync(join(...parts), "utf8");
interface Manifest {
  readonly name: string;
  readonly dependencies: object;
  readonly devDependencies: object;
}
const manifestIn = (path: string): Manifest => JSON.parse(read(path, "package.json")) as Manifest;
const create = async (cwd: string, words: readonly string[], options?: RunOptions): Promise<Report> => {
  const { code, out, err } = await runIn(cwd, [...words, "--json"], options);
  expect([code, err]).toEqual([0, ""]);
  return JSON.parse(out) as Report;
};

const INDEX =
  'import { crontab, definePack } from "@mozdef/alert";\n\nexport default definePack({\n  alerts: {},\n});\n';
const pack = (name: string) => ({
  "package.json": JSON.stringify({ name, dependencies: { "@mozdef/alert": "^1.0.0" } }),
  "src/index.ts": INDEX,
});
const below = (parent: string, files: Readonly<Record<string, string>>) =>
  Object.fromEntries(Object.entries(files).map(([path, text]) => [`${parent}/${path}`, text]));
const workspace = (...names: readonly string[]) => ({
  "package.json": JSON.stringify({ name: "root", workspaces: ["alerts/*", "tools/*"] }),
  "package-lock.json": "{}",
  ...Object.fromEntries(names.flatMap((name) => Object.entries(below(`alerts/${name}`, pack(`@me/alerts-${name}`))))),
});

describe("in an empty folder", () => {
  it("makes a project, starts git and installs", async () => {
    const cwd = folder();
    const { code, out, started } = await runIn(cwd, ["proxy drop executable"]);
    expect(code).toBe(0);
    expect(started).toEqual(["git init --quiet --initial-branch=main", "npm install"]);
    expect(out).toContain("Made AlertProxyDropExecutable in ");
    expect(out).not.toContain("  npm install");
    expect(readdirSync(cwd).sort()).toEqual(
      [".changeset", ".github", ".gitignore", "README.md", "mozdef.config.ts", "package.json", "src"].concat([
        "tsconfig.build.json",
        "tsconfig.json",
        "vitest.config.ts",
      ]),
    );
    expect(read(cwd, "src/alert-proxy-drop-executable/alert-proxy-drop-executable.ts")).toContain(
      "export class AlertProxyDropExecutable extends AlertTask {",
    );
  });

  it("takes a class name for what it is", async () => {
    const { alert } = await create(folder(), ["AlertSSHAccess"]);
    expect(alert).toBe("AlertSSHAccess");
  });

  it.each([
    ["--no-install", ["git init --quiet --initial-branch=main"]],
    ["--no-git", ["npm install"]],
    ["--dry-run", []],
  ])("%s", async (option, expected) => {
    const cwd = folder();
    const { code, started } = await runIn(cwd, ["x", option]);
    expect([code, started]).toEqual([0, expected]);
    expect(readdirSync(cwd).length === 0).toBe(option === "--dry-run");
  });

  it("says so when installing fails", async () => {
    const { code, err } = await runIn(folder(), ["x", "--no-git"], { exitCode: 7 });
    expect(code).toBe(1);
    expect(err).toMatch(/The files are written, but "npm install" failed in .* \(exit code 7\)/);
  });

  it("fits the package manager in use", async () => {
    const pnpm = folder();
    const { nextSteps } = await create(pnpm, ["x", "--no-install"], { userAgent: "pnpm/12.21.0 npm/?" });
    expect(nextSteps.slice(0, 2)).toEqual(["pnpm install", "pnpm run test"]);
    expect(manifestIn(pnpm)).toMatchObject({
      packageManager: "pnpm@12.21.0",
      scripts: { check: "pnpm run typecheck && pnpm run lint && pnpm run test && pnpm run mutate" },
    });
    expect(read(pnpm, ".github/workflows/ci.yml")).toContain("pnpm install --frozen-lockfile");
    const yarn = folder();
    await create(yarn, ["x", "--no-install"], { userAgent: "yarn/4.10.3 npm/?" });
    expect([read(yarn, ".yarnrc.yml"), read(yarn, "yarn.lock")]).toEqual(["nodeLinker: node-modules\n", ""]);
  });

  it("brings a Node along where the one at hand is too old, and only there", async () => {
    const [old, fresh] = [folder(), folder()];
    await create(old, ["x", "--no-install"], { node: "20.20" });
    await create(fresh, ["x", "--no-install"], { node: "22.18" });
    expect([old, fresh].map((path) => "node" in manifestIn(path).devDependencies)).toEqual([true, false]);
  });

  it("publishes a package with a scope for its members only", async () => {
    const [plain, scoped] = [folder(), folder()];
    await create(plain, ["x", "--pack", "alerts", "--no-install"]);
    await create(scoped, ["x", "--pack", "@me/alerts", "--no-install"]);
    expect(read(plain, ".changeset/config.json")).toContain('"access": "public"');
    expect(read(scoped, ".changeset/config.json")).toContain('"access": "restricted"');
  });

  it("leaves no word of the templates behind", async () => {
    const cwd = folder();
    const { files } = await create(cwd, ["proxy drop", "--category", "squid", "--field", "details.destination"]);
    for (const { path } of files)
      expect([path, read(cwd, path)]).toEqual([
        path,
        expect.not.stringMatching(/hello.?world|run-script|install-command|create-command|enable-manager|sourceip/i),
      ]);
  });
});

describe("elsewhere", () => {
  it("makes a folder of its own in a folder with other files", async () => {
    const cwd = folder({ "notes.txt": "x" });
    const { root, nextSteps } = await create(cwd, ["proxy drop", "--no-install"]);
    expect(root).toBe(join(cwd, "alerts-proxy-drop"));
    expect(nextSteps[0]).toBe("cd alerts-proxy-drop");
    expect(manifestIn(root).name).toBe("alerts-proxy-drop");
  });

  it("makes the folder that was asked for", async () => {
    const cwd = folder();
    const { root } = await create(cwd, ["x", "--dir", "a/b c", "--pack", "@me/alerts", "--no-install"]);
    expect([root, manifestIn(root).name]).toEqual([join(cwd, "a/b c"), "@me/alerts"]);
  });

  it("adds an alert to the pack it is called in, also below", async () => {
    const cwd = folder(pack("mine"));
    const { made, files } = await create(join(cwd, "src"), ["x"]);
    expect(made).toBe("existing-pack");
    expect(files.map(({ path, change }) => `${change} ${path}`)).toEqual([
      "create src/alert-x/alert-x.ts",
      "create src/alert-x/alert-x.test.ts",
      "create src/alert-x/README.md",
      "edit src/index.ts",
    ]);
    expect(read(cwd, "src/index.ts")).toContain("AlertX: { task: AlertX,");
  });
});

describe("in a workspace", () => {
  it("adds a package where packages lie, under the scope of the others", async () => {
    const cwd = folder({ ...workspace(), "tools/a/package.json": '{"name":"@me/a"}' });
    const { made, package: name, files, nextSteps } = await create(cwd, ["proxy drop", "--no-install"]);
    expect([made, name]).toEqual(["workspace-pack", "@me/proxy-drop"]);
    expect(files.map(({ path }) => path)).toContain("alerts/proxy-drop/src/index.ts");
    expect(files.every(({ path }) => path.startsWith("alerts/proxy-drop/"))).toBe(true);
    expect(nextSteps[1]).toBe("npx mozdef test AlertProxyDrop");
  });

  it("takes packages of the workspace from there", async () => {
    const cwd = folder({
      "pnpm-workspace.yaml": "packages:\n  - packages/*\n",
      "packages/alert/package.json": '{"name":"@mozdef/alert"}',
    });
    await create(cwd, ["x", "--dir", "packages/x", "--no-install"]);
    expect(manifestIn(join(cwd, "packages/x")).dependencies).toMatchObject({ "@mozdef/alert": "workspace:^" });
  });

  it.each([
    [["--pack", "ssh"], "alerts/ssh"],
    [["--pack", "@me/alerts-web"], "alerts/web"],
    [["--dir", "alerts/web"], "alerts/web"],
  ])("adds to the pack that is meant by %j", async (words, expected) => {
    const cwd = folder(workspace("ssh", "web"));
    const { files } = await create(cwd, ["x", ...words]);
    expect(files[0]?.path).toBe(`${expected}/src/alert-x/alert-x.ts`);
  });

  it.each([
    [{}, "pnpm --filter @me/alerts-ssh exec mozdef mutate AlertX"],
    [{ scripts: { mozdef: "node cli.ts" } }, "pnpm run mozdef mutate AlertX"],
  ])("says how to mutate the alert where the root's package.json has %j", async (more, step) => {
    const manifest = JSON.stringify({ name: "root", packageManager: "pnpm@12.21.0", ...more });
    const cwd = folder({
      ...workspace("ssh"),
      "package.json": manifest,
      "pnpm-workspace.yaml": "packages: [alerts/*]",
    });
    expect((await create(cwd, ["x", "--pack", "ssh"])).nextSteps).toContain(step);
  });

  it("writes a changeset where changesets are in use", async () => {
    const cwd = folder({ ...workspace("ssh"), ".changeset/config.json": "{}" });
    await create(cwd, ["x", "--pack", "ssh"]);
    expect(read(cwd, ".changeset/alert-x.md")).toBe('---\n"@me/alerts-ssh": minor\n---\n\nAdd AlertX.\n');
  });

  it("makes a new pack beside others when it is given a new folder", async () => {
    const { made, package: name } = await create(folder(workspace("ssh")), [
      "x",
      "--dir",
      "alerts/new",
      "--no-install",
    ]);
    expect([made, name]).toEqual(["workspace-pack", "@me/alerts-new"]);
  });

  it.each([
    [[], "There are 2 packs. Say which: --pack ssh, web"],
    [["--pack", "shh"], 'No pack is named "shh". There are: ssh, web. Did you mean ssh?'],
    [["--pack", "@me/alerts-wbe"], "Did you mean web?"],
    [["--dir", "elsewhere/x"], "The workspace does not count elsewhere/x among its packages"],
    [["--dir", "alerts/x", "--pack", "@me/tool"], "The workspace has a package @me/tool already"],
  ])("refuses %j", async (words, reason) => {
    const cwd = folder({ ...workspace("ssh", "web"), "tools/t/package.json": '{"name":"@me/tool"}' });
    const { code, err } = await runIn(cwd, ["x", ...words]);
    expect([code, err]).toEqual([1, expect.stringContaining(reason)]);
  });

  it.each([["vpn"], ["@me/alerts-vpn"]])("makes the pack %s beside the others, named as they are", async (name) => {
    const cwd = folder(workspace("ssh", "web"));
    const { made, package: packageName, files } = await create(cwd, ["x", "--pack", name, "--no-install"]);
    expect([made, packageName]).toEqual(["workspace-pack", "@me/alerts-vpn"]);
    expect(files[0]?.path).toMatch(/^alerts\/vpn\//);
  });

  it("makes a new pack like one that is there: scripts, licence, tools, versions", async () => {
    const manifest = {
      name: "@me/alerts-ssh",
      version: "3.2.1",
      description: "ssh",
      license: "MPL-2.0",
      repository: { directory: "alerts/ssh" },
      scripts: { test: "vitest run" },
      dependencies: { "@mozdef/alert": "workspace:^", "@mozdef/query": "workspace:^", zod: "catalog:" },
      devDependencies: { "@mozdef/alert-testing": "workspace:^" },
    };
    const cwd = folder({
      ...workspace("ssh"),
      ".changeset/config.json": "{}",
      "alerts/ssh/package.json": JSON.stringify(manifest),
      "alerts/ssh/tsconfig.json": '{ "extends": "../../tsconfig.json" }',
      "alerts/ssh/vitest.config.ts": "export default {};",
    });
    const { files } = await create(cwd, ["vpn flood", "--pack", "vpn", "--no-install"]);
    expect(manifestIn(join(cwd, "alerts/vpn"))).toEqual({
      ...manifest,
      name: "@me/alerts-vpn",
      version: "0.0.0",
      description: "MozDef alerts: vpn flood.",
      repository: { directory: "alerts/vpn" },
      dependencies: { "@mozdef/alert": "workspace:^", "@mozdef/query": "workspace:^" },
    });
    expect(files.map(({ path }) => path).filter((path) => !path.includes("alert-vpn"))).toEqual([
      "alerts/vpn/package.json",
      "alerts/vpn/README.md",
      "alerts/vpn/src/index.ts",
      "alerts/vpn/tsconfig.json",
      "alerts/vpn/vitest.config.ts",
    ]);
    expect(read(cwd, "alerts/vpn/tsconfig.json")).toBe('{ "extends": "../../tsconfig.json" }');
    expect(read(cwd, "alerts/vpn/README.md")).toContain(
      "| [AlertVpnFlood](src/alert-vpn-flood/README.md) | Vpn flood: ",
    );
    expect(read(cwd, ".changeset/alert-vpn-flood.md")).toContain('"@me/alerts-vpn": minor');
  });

  it("adds a row to the table in the README of the pack", async () => {
    const cwd = folder({
      ...workspace("ssh"),
      "alerts/ssh/README.md": "# ssh\n\n| Alert | Detects |\n| --- | --- |\n| [A](src/a/README.md) | a |\n\nMore.\n",
    });
    const { files } = await create(cwd, ["x", "--pack", "ssh"]);
    expect(files).toContainEqual({ path: "alerts/ssh/README.md", change: "edit" });
    expect(read(cwd, "alerts/ssh/README.md")).toMatch(
      /\| a \|\n\| \[AlertX\]\(src\/alert-x\/README\.md\) \| X: .* \|\n\nMore/,
    );
  });

  it("prints commands that work without the package manager of the workspace", async () => {
    const cwd = folder({
      ...workspace("ssh"),
      "package.json": JSON.stringify({
        name: "root",
        packageManager: "pnpm@12.21.0",
        scripts: { mozdef: "node cli.ts", "new-alert": "node new-alert.ts", start: "node start.ts" },
      }),
      "pnpm-workspace.yaml": "packages: [alerts/*]",
    });
    const steps = async (...words: readonly string[]) =>
      (await create(cwd, [...words, "--no-install"], { without: ["pnpm"] })).nextSteps;
    expect(await steps("x", "--pack", "ssh")).toEqual([
      "npm run mozdef -- test AlertX",
      "edit alerts/ssh/src/alert-x/alert-x.ts, then its test",
      "npm run mozdef -- mutate AlertX",
      "npm run new-alert for the next one",
    ]);
    expect(await steps("y", "--pack", "vpn")).toEqual([
      "npx pnpm@12.21.0 install",
      "npm run mozdef -- test AlertY",
      "edit alerts/vpn/src/alert-y/alert-y.ts, then its test",
      "npm run mozdef -- mutate AlertY",
      "npm start",
    ]);
  });

  it("makes a project of its own in an empty folder that the workspace does not count in", async () => {
    const cwd = folder(workspace("ssh"));
    mkdirSync(join(cwd, "scratch"));
    expect((await create(join(cwd, "scratch"), ["x", "--no-install"])).made).toBe("project");
  });
});

describe("what exists", () => {
  const existing = { "src/alert-x/README.md": "mine", ...pack("mine") };

  it("is never overwritten: message, exit code 1, nothing written", async () => {
    const cwd = folder(existing);
    const { code, err } = await runIn(cwd, ["x"]);
    expect(code).toBe(1);
    expect(err).toBe(
      "src/alert-x/README.md already exists.\nNothing was written. Choose another name or folder, or overwrite with --force.",
    );
    expect(readdirSync(join(cwd, "src/alert-x"))).toEqual(["README.md"]);
    expect(read(cwd, "src/index.ts")).toBe(INDEX);
  });

  it("is overwritten with --force", async () => {
    const cwd = folder(existing);
    await create(cwd, ["x", "--force"]);
    expect(read(cwd, "src/alert-x/README.md")).toContain("# AlertX");
  });

  it("is made anew with --force when the pack has an alert of the name", async () => {
    const cwd = folder(pack("mine"));
    await create(cwd, ["x"]);
    const index = read(cwd, "src/index.ts");
    const { code, err } = await runIn(cwd, ["x", "--kind", "deadman"]);
    expect([code, err]).toEqual([1, expect.stringContaining("Or make it anew with --force.")]);
    await create(cwd, ["x", "--kind", "deadman", "--force"]);
    expect(read(cwd, "src/alert-x/alert-x.ts")).toContain("noEvent(query)");
    expect(read(cwd, "src/index.ts")).toBe(index);
  });

  it("refuses a second alert of one name, also in another pack, also with --force", async () => {
    const cwd = folder(workspace("ssh", "web"));
    await create(cwd, ["x", "--pack", "ssh"]);
    const { code, err } = await runIn(cwd, ["x", "--pack", "web", "--force"]);
    expect([code, err]).toEqual([
      1,
      expect.stringContaining("AlertX already exists in @me/alerts-ssh. Nothing was written."),
    ]);
    expect(existsSync(join(cwd, "alerts/web/src/alert-x"))).toBe(false);
  });

  it("refuses a pack that is not a literal before anything is written", async () => {
    const cwd = folder({ ...pack("mine"), "src/index.ts": "export default definePack(make());" });
    const { code, err } = await runIn(cwd, ["x"]);
    expect([code, err]).toEqual([1, expect.stringContaining("Cannot add AlertX to src/index.ts")]);
    expect(readdirSync(join(cwd, "src"))).toEqual(["index.ts"]);
  });

  it("names a package.json that cannot be read", async () => {
    const { code, err } = await runIn(folder({ "package.json": "{" }), ["x"]);
    expect([code, err]).toEqual([1, expect.stringMatching(/^Cannot read .*package\.json: /)]);
  });
});

describe("questions", () => {
  it("are asked for what is left open", async () => {
    const asker = answering("proxy drop", "m:1", "squid", "details.destination");
    const cwd = folder();
    await create(cwd, ["--no-install"], { asker });
    expect(asker.questions).toHaveLength(4);
    expect(read(cwd, "src/alert-proxy-drop/alert-proxy-drop.ts")).toContain('field: "details.destination"');
  });

  it("are not asked with --yes, nor for what options say", async () => {
    await create(folder(), ["x", "--yes", "--no-install"], { asker: answering() });
    const asker = answering("deadman", "squid");
    await create(folder(), ["x", "--no-install"], { asker });
    expect(asker.questions).toEqual(["When does it alert?", "Which category do the events have?"]);
  });

  it("offer the packs, and a new one", async () => {
    const cwd = folder(workspace("ssh", "web"));
    const words = ["x", "--kind", "1:1", "--category", "c", "--no-install"];
    expect((await create(cwd, words, { asker: answering("web") })).package).toBe("@me/alerts-web");
    const made = await create(cwd, ["y", ...words.slice(1)], {
      asker: answering("a new pack", join(cwd, "alerts/new")),
    });
    expect([made.made, made.package]).toEqual(["workspace-pack", "@me/alerts-new"]);
  });
});

describe("options", () => {
  it.each([
    [["--kind", "n:1"], "--kind is one of 1:1, m:1, new, spike, sequence, percentage, deadman"],
    [["x", "--kind", "1:1", "--field", "hostname"], "--field is for kinds whose events are grouped by it"],
    [["x", "--kind", "m:1", "--values", "details.a=b,c"], "--values is for --kind sequence and percentage"],
    [["x", "--kind", "sequence", "--values", "details.a=b"], "--values needs a field and two of its values"],
    [["x", "--kind", "sequence", "--values", "summary=b,c"], "Events cannot be grouped by"],
    [["x", "--kind", "sequence", "--field", "tags", "--values", "tags=b,c"], "--values needs another field"],
    [["x", "--unknown"], "Unknown option '--unknown'"],
    [["x", "--category"], "'--category <value>' argument missing"],
    [["x", "--category", 'a"'], "This is not a category of events"],
    [[], "The alert has no name, and there is no terminal to ask for one"],
    [["a/b"], "This is not a name for an alert"],
  ])("refuses %j with exit code 2", async (words, reason) => {
    const { code, err } = await runIn(folder(), words);
    expect([code, err]).toEqual([2, expect.stringContaining(reason)]);
  });

  it("prints errors as JSON with --json", async () => {
    const { code, out, err } = await runIn(folder(), ["a/b", "--json"]);
    expect([code, err]).toEqual([2, ""]);
    expect(JSON.parse(out)).toEqual({ error: { code: "CREATE_NAME_INVALID", message: expect.any(String) } });
  });

  it("refuses a category that the sample event does not have", async () => {
    const cwd = folder();
    writeFiles(cwd, { "e.json": '{"category":"a"}' });
    const { code, err } = await runIn(cwd, ["x", "--from-event", "e.json", "--category", "b"]);
    expect([code, err]).toEqual([2, expect.stringContaining("The sample event would not be found")]);
  });

  it("says what the events of a sample share, and runs the alert over them where its tools are", async () => {
    const line = (index: number): string =>
      `May  4 11:00:${10 + index} gate2 sshd[7]: Failed password for root from 203.0.113.${index % 3} port 50${index} ssh2\n`;
    const log = Array.from({ length: 9 }, (_, index) => line(index)).join("");
    const cwd = folder({ ...workspace("door"), "auth.log": log });
    const trial = "npx mozdef try AlertX --file auth.log";
    const { out, started } = await runIn(cwd, ["x", "--pack", "door", "--from-event", "auth.log"]);
    expect(out).toContain('The sample has 9 events, all of them found by TermMatch("category", "syslog"), ');
    expect(out).toContain('  details.sourceipaddress: 3 values, "203.0.113.0" in 3 events');
    expect(out).toContain(`What it finds in the sample (${trial}):`);
    expect(started).toEqual([trial]);
    const report = await create(cwd, ["y", "--pack", "door", "--from-event", "auth.log", "--dry-run"]);
    expect(report.sample).toMatchObject({ events: 9, differing: expect.any(Array) });
    expect(report.nextSteps).toContain(trial.replace("AlertX", "AlertY"));
    const project = await runIn(folder({ "auth.log": log }), [
      "x",
      "--from-event",
      "auth.log",
      "--dir",
      "new",
      "--no-install",
    ]);
    expect(project.started).toEqual(["git init --quiet --initial-branch=main"]);
    const failing = await runIn(cwd, ["z", "--pack", "door", "--from-event", "auth.log"], { exitCode: 3 });
    expect([failing.code, failing.err]).toEqual([0, expect.stringContaining("failed (exit code 3)")]);
  });

  it("reads the sample event with the parsers of the packs that are there", async () => {
    const parser =
      '{ name: "door", recognise: ({ program }) => program === "doord", parse: ({ text }) => ({ category: "door", summary: text }) }';
    const files = (index: string) => ({
      ...workspace("door"),
      "alerts/door/src/index.ts": index,
      "door.log": "Jan  5 10:00:00 gate3 doord[7]: opened by 4711\n",
    });
    const words = ["x", "--from-event", "door.log", "--dir", "alerts/new", "--dry-run"];
    const read = folder(
      files(`const definePack = (pack) => pack;\nexport default definePack({ alerts: {}, parsers: [${parser}] });`),
    );
    const { err } = await runIn(read, [...words, "--category", "door"]);
    expect(err).toBe("");
    const broken = folder(files('throw new Error("no licence"); // definePack({ parsers })'));
    const { code, err: told } = await runIn(broken, [...words, "--category", "syslog"]);
    expect([code, told]).toEqual([
      0,
      expect.stringContaining("The parsers of @me/alerts-door are not asked, since it"),
    ]);
    expect(told).toContain("no licence");
  });

  it("shows help and version", async () => {
    expect((await runIn(folder(), ["--help"])).out).toContain("npm create mozdef-alert [name]");
    expect((await runIn(folder(), ["--version"])).out).toMatch(/^\d+\.\d+\.\d+$/);
  });
});
