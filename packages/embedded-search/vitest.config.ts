import { defineConfig } from "vitest/config";
import { sourceConditions } from "../../vitest.base.ts";

const { test } = sourceConditions;

export default defineConfig({
  ...sourceConditions,
  test: { ...test, include: [...test.include, "scenarios/**/*.test.ts", "differential/**/*.test.ts"] },
});
