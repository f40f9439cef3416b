import { defineConfig, mergeConfig } from "vitest/config";
import { sourceConditions } from "../../vitest.base.ts";

// The templates are alerts like any other: their own tests run where they lie.
export default mergeConfig(
  defineConfig(sourceConditions),
  defineConfig({ test: { include: ["templates/**/*.test.ts"], exclude: ["**/.generated/**", "**/node_modules/**"] } }),
);
