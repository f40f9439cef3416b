import { readFileSync } from "node:fs";

/** The version of this package. Sources and bundle lie at the same depth. */
export const ownVersion = (): string => {
  const manifest = readFileSync(new URL("../package.json", import.meta.url), "utf8");
  return (JSON.parse(manifest) as { readonly version: string }).version;
};
