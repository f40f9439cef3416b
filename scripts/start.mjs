// `npm start`: installs, builds what changed, runs the alert service. A mozdef.config.ts here may import what is built. Arguments go to the service: `npm start -- --help`. With
// `--watch` it runs from the sources, and takes over alerts as they are edited.
import { install, runAtRoot, step } from "./pnpm.mjs";

const args = process.argv.slice(2);
/** What runs is read from the sources then, as they are; only the pages have to be built. */
const watches = args.includes("--watch");

const filters = ["alert-runner", "alert-actions", "alert-plugins"].map((name) => `--filter=@mozdef/${name}...`);

/** @param {string} printed - by turbo */
const built = (printed) => {
  const [, packages] = /Running build in (\d+) packages/.exec(printed) ?? [];
  const begun = printed.match(/^\S+:build: cache (?:hit|miss)/gm)?.length ?? 0;
  return packages === undefined ? "" : `${begun} of ${packages} packages`;
};

await install();
const wanted = watches ? ["--filter=@mozdef/alerts-web", "--only"] : filters;
const words = ["exec", "turbo", "run", "build", ...wanted, "--ui=stream", "--output-logs=new-only"];
const code = await step("Building what has changed", words, built);
if (code !== 0) process.exit(code);

const program = watches
  ? ["--conditions=@mozdef/source", "apps/alert-runner/src/bin.ts"]
  : ["apps/alert-runner/dist/bin.js"];
process.exit(await runAtRoot("node_modules/.bin/node", [...program, ...args]));
