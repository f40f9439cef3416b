// `npm start`: installs, builds what changed, runs the alert service. A mozdef.config.ts here may import what is built. Arguments go to the service: `npm start -- --help`.
import { install, runAtRoot, step } from "./pnpm.mjs";

const filters = ["alert-runner", "alert-actions", "alert-plugins"].map((name) => `--filter=@mozdef/${name}...`);

/** @param {string} printed - by turbo */
const built = (printed) => {
  const [, packages] = /Running build in (\d+) packages/.exec(printed) ?? [];
  const begun = printed.match(/^\S+:build: cache (?:hit|miss)/gm)?.length ?? 0;
  return packages === undefined ? "" : `${begun} of ${packages} packages`;
};

await install();
const words = ["exec", "turbo", "run", "build", ...filters, "--ui=stream", "--output-logs=new-only"];
const code = await step("Building what has changed", words, built);
if (code !== 0) process.exit(code);

process.exit(await runAtRoot("node_modules/.bin/node", ["apps/alert-runner/dist/bin.js", ...process.argv.slice(2)]));
