// `npm start`: installs, builds what changed, runs the alert service. Arguments go to the service: `npm start -- --help`.
import { install, pnpm, runAtRoot } from "./pnpm.mjs";

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

process.exit(await runAtRoot("node_modules/.bin/node", ["apps/alert-runner/dist/bin.js", ...process.argv.slice(2)]));
