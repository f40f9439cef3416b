import type { Options } from "tsup";

/** What every library of this repository builds: ESM with d.ts, nothing bundled but its own sources. */
export const library = (entry: string[], options: Options = {}): Options => ({
  entry,
  format: "esm",
  target: "node22",
  dts: true,
  clean: true,
  sourcemap: false,
  treeshake: true,
  // Some modules have no other name: node:test, node:sqlite.
  removeNodeProtocol: false,
  ...options,
});

/** A pack of alerts: what fails in one is told with file and line of its source. */
export const pack = (entry: string[], options: Options = {}): Options =>
  library(entry, { sourcemap: true, ...options });
