import { availableParallelism } from "node:os";
import { defineConfig } from "vitest/config";
import { sourceConditions } from "../../vitest.base.ts";

/** Tests of the built service in a real browser; not part of `npm test`. */
export default defineConfig({
  ...sourceConditions,
  test: {
    ...sourceConditions.test,
    include: ["test/pages/**/*.pages.ts"],
    globalSetup: ["test/pages/install-chromium.ts"],
    reporters: ["default", ["json", { outputFile: ".reports/pages.json" }]],
    bail: 1,
    // A page waits for its service most of the time, and a service for its page.
    maxWorkers: Math.max(2, availableParallelism()),
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
