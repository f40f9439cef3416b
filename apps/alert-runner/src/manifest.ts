import manifest from "../package.json" with { type: "json" };

/** The version of the service. */
export const VERSION: string = manifest.version;

const PACK = /^@mozdef\/alerts-(?!web$)/;

/** Names of the packs that come with the service: its own dependencies. */
export const BUNDLED_PACKS: readonly string[] = Object.keys(manifest.dependencies).filter((name) => PACK.test(name));
