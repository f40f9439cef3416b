// Checks that look at the whole repository: format, cycles, unused code and dependencies, and what no tool gives us.
import { spawn } from "node:child_process";
import { checkErrorCodes } from "./check-error-codes.mjs";
import { checkExports } from "./check-exports.mjs";
import { checkReference } from "./reference.mjs";

const root = new URL("..", import.meta.url).pathname;
const bin = `${root}node_modules/.bin/`;

const tool = (name, args) =>
  new Promise((resolve) => {
    const child = spawn(`${bin}${name}`, args, { cwd: root, stdio: ["ignore", "pipe", "pipe"] });
    let output = "";
    for (const stream of [child.stdout, child.stderr]) stream.on("data", (text) => (output += text));
    child.on("exit", (code) =>
      resolve(code === 0 ? [] : [`${name} ${args.join(" ")} (exit code ${code}):\n${output}`]),
    );
  });

const checks = {
  format: tool("prettier", ["--check", "--log-level", "warn", "."]),
  cycles: tool("depcruise", ["--output-type", "err", "packages", "apps", "alerts"]),
  "cycles of folders": tool("depcruise", [
    "--config",
    ".dependency-cruiser-folders.cjs",
    "--output-type",
    "err",
    "packages",
  ]),
  unused: tool("knip", ["--no-progress"]),
  "error codes": checkErrorCodes(root),
  exports: checkExports(root),
  reference: checkReference(root),
  "docs of alerts": tool("node", ["scripts/generate-alert-docs.ts", "--check"]),
};

let failed = 0;
for (const [name, check] of Object.entries(checks)) {
  const problems = await check;
  if (problems.length > 0) failed++;
  console.log(`${problems.length === 0 ? "ok" : "FAILED"}: ${name}`);
  for (const problem of problems) console.error(problem);
}
process.exit(failed === 0 ? 0 : 1);
