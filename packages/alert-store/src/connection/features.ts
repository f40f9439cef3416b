import type { StoreFeatures, StoreServer } from "./store-server.ts";

/** What every version of both families takes. */
const LEAST: StoreFeatures = {
  subobjects: false,
  ignoreDynamicBeyondLimit: false,
  malformedBooleans: false,
  shardSettings: true,
  sortsByPlace: false,
};

/** From which version on a family has what its oldest version lacks; newest first. */
const SINCE: Readonly<Record<StoreServer["family"], readonly (readonly [string, Partial<StoreFeatures>])[]>> = {
  elasticsearch: [
    // Some earlier ones have it too; this one was tried.
    ["8.19", { malformedBooleans: true }],
    ["8.14", { ignoreDynamicBeyondLimit: true }],
    ["8.10", { subobjects: true }],
    ["8.0", { sortsByPlace: true }],
  ],
  // `disable_objects` of 3.6 would be the same as `subobjects: false`, but it loses the values of lists.
  opensearch: [["3.3", { sortsByPlace: true }]],
};

/** The oldest version of each family that is worked with. */
export const OLDEST_MAJOR = { elasticsearch: 8, opensearch: 2 } as const;

/**
 * What a version takes.
 *
 * @param version - `9.5.3`, `9`, or null when it is not known: then only what every version takes.
 */
export const featuresOf = (family: StoreServer["family"], version: string | null): StoreFeatures =>
  SINCE[family]
    .filter(([since]) => version !== null && isAtLeast(version, since))
    .reduce<StoreFeatures>((features, [, added]) => ({ ...features, ...added }), LEAST);

/** A serverless project has all that the newest version has, whatever version it says, and no shards to speak of. */
export const serverlessFeatures = (): StoreFeatures => ({
  ...featuresOf("elasticsearch", NEWEST),
  shardSettings: false,
});

const NEWEST = "9.5";

const isAtLeast = (version: string, since: string): boolean => {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  const [sinceMajor = 0, sinceMinor = 0] = since.split(".").map(Number);
  return major > sinceMajor || (major === sinceMajor && minor >= sinceMinor);
};
