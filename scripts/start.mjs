// `npm start`: installs, builds what changed, runs the alert service. A mozdef.config.ts here may import what is built. Arguments go to the service: `npm start -- --help`.
import { install, pnpm, runAtRoot } from "./pnpm.mjs";

await install();
const built = await pnpm([
  "exec",
  "turbo",
  "run",
  "build",
  ...["alert-runner", "alert-actions", "alert-plugins"].map((name) => `--filter=@mozdef/${name}...`),
  "--output-logs=errors-only",
]);
if (built !== 0) process.exit(built);

process.exit(await runAtRoot("node_modules/.bin/node", ["apps/alert-runner/dist/bin.js", ...process.argv.slice(2)]));
