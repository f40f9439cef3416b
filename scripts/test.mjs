// `npm test`: installs, then runs every check and every test that needs no cluster. Arguments go to turbo: `npm test -- --force`.
import { availableParallelism } from "node:os";
import { install, pnpm } from "./pnpm.mjs";

await install();
process.exit(
  await pnpm([
    "exec",
    "turbo",
    "run",
    "//#lint:packages",
    "//#lint:rest",
    "//#typecheck",
    "test",
    "package-check",
    "//#check:repository",
    "--continue",
    // Each task uses a core by itself; more at once only makes tests miss their deadlines.
    `--concurrency=${Math.max(2, availableParallelism())}`,
    "--output-logs=errors-only",
    ...process.argv.slice(2),
  ]),
);
