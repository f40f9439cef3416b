// `npm start`: installs, builds what changed, runs the alert service. Arguments go to the service: `npm start -- --help`.
import { spawn } from "node:child_process";
import { install, pnpm } from "./pnpm.mjs";

const root = new URL("..", import.meta.url);

await install();
const built = await pnpm([
  "exec",
  "turbo",
  "run",
  "build",
  "--filter=@mozdef/alert-runner...",
  "--output-logs=errors-only",
]);
if (built !== 0) process.exit(built);

const service = spawn("node_modules/.bin/node", ["apps/alert-runner/dist/bin.js", ...process.argv.slice(2)], {
  cwd: root,
  stdio: "inherit",
});
for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => service.kill(signal));
service.on("exit", (code, signal) => process.exit(code ?? (signal === null ? 1 : 130)));
