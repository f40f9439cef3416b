import { defineConfig } from "vitest/config";
import { sourceConditions } from "../../vitest.base.ts";

// The packs below test/fixtures are worked on by tests; their own tests are not ours.
export default defineConfig({
  ...sourceConditions,
  test: { ...sourceConditions.test, include: ["src/**/*.test.ts", "test/*.test.ts"] },
});
