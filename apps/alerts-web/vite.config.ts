import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";
import { bundleBudget } from "./src/build/bundle-budget.ts";

/** alert-runner serves the build below this path. */
const BASE = "/alerts/";

export default defineConfig({
  base: BASE,
  plugins: [react(), bundleBudget({ first: 110_000, page: 15_000 })],
  build: {
    target: "es2022",
    sourcemap: false,
    // React and the like are in the bundle, and their licences want their notices to come along.
    license: { fileName: "THIRD-PARTY-LICENSES.md" },
    // The service forbids inline code and data: URLs by its Content-Security-Policy.
    assetsInlineLimit: 0,
  },
  server: {
    proxy: { "/api": "http://127.0.0.1:8080", "/status": "http://127.0.0.1:8080" },
  },
});
