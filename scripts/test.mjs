// `npm test`: installs, then runs every check and every test that needs no cluster. Arguments go to turbo: `npm test -- --force`.
import { install, pnpm } from "./pnpm.mjs";

await install();
process.exit(
  await pnpm([
    "exec",
    "turbo",
    "run",
    "lint",
    "typecheck",
    "test",
    "package-check",
    "//#check:repository",
    "--continue",
    "--output-logs=errors-only",
    ...process.argv.slice(2),
  ]),
);
