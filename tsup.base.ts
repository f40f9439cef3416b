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
  ...options,
});
