import { defineConfig } from "vitest/config";
import { sourceConditions } from "../../vitest.base.ts";

export default defineConfig(sourceConditions);
