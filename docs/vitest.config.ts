import { defineConfig, mergeConfig } from "vitest/config";
import { sourceConditions } from "../vitest.base.ts";

// The guide is one story: a step that waits for a slow machine must not end it.
export default mergeConfig(defineConfig(sourceConditions), defineConfig({ test: { testTimeout: 120_000 } }));
