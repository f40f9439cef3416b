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
    // Each task uses a core by itself, but for the time in which it waits for processes of its own.
    `--concurrency=${Math.max(2, availableParallelism()) + 1}`,
    "--output-logs=errors-only",
    ...args,
  ]);
