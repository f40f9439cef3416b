// The checks of `npm test` and `npm run release`: one list, so that neither asks for a task that the other has renamed.
import { availableParallelism } from "node:os";
import { pnpm } from "./pnpm.mjs";

const CHECKS = ["//#lint", "//#typecheck", "test", "package-check", "//#repository"];

/**
 * What passed before and has not changed is not run again.
 *
 * @param {readonly string[]} [args] - for turbo
 * @returns {Promise<number>} the exit code
 */
export const runChecks = (args = []) =>
  pnpm([
    ...["exec", "turbo", "run", ...CHECKS, "--continue"],
    // Each task uses a core by itself; more at once only makes tests miss their deadlines.
    `--concurrency=${Math.max(2, availableParallelism())}`,
    "--output-logs=errors-only",
    ...args,
  ]);
