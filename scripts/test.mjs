// `npm test`: installs, then runs every check and every test that needs no cluster. Arguments go to turbo: `npm test -- --force`.
import { runChecks } from "./checks.mjs";
import { install } from "./pnpm.mjs";

await install();
process.exit(await runChecks(process.argv.slice(2)));
