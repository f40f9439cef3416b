import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

/** alert-runner serves the build below this path. */
const BASE = "/alerts/";

export default defineConfig({
  base: BASE,
  plugins: [react()],
  build: {
    target: "es2022",
    sourcemap: false,
    // The service forbids inline code and data: URLs by its Content-Security-Policy.
    assetsInlineLimit: 0,
  },
  server: {
    proxy: { "/api": "http://127.0.0.1:8080", "/status": "http://127.0.0.1:8080" },
  },
});
