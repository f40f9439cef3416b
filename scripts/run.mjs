// `node scripts/run.mjs release.ts --dry-run`: installs, then runs a script of this folder with the Node of this repository,
// which reads TypeScript. The Node of the machine may be too old for that.
import { install, runAtRoot } from "./pnpm.mjs";

const [script = "", ...args] = process.argv.slice(2);
await install();
process.exit(await runAtRoot("node_modules/.bin/node", [`scripts/${script}`, ...args]));
