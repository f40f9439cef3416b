/** A value that an alert goes by. */
export interface ConfigValue {
  readonly key: string;
  readonly value: unknown;
  /** Who says so; `default`: the alert itself. */
  readonly origin: "configuration" | "pack" | "default";
}

/** What is said about the configuration of an alert: first by the service, then by its pack. */
interface GivenConfig {
  readonly configuration: unknown;
  readonly pack: unknown;
}

/** @param config - Of the alert, with its defaults filled in. */
export const configValues = (config: unknown, { configuration, pack }: GivenConfig): readonly ConfigValue[] => {
  const [ofService, ofPack] = [keysOf(configuration), keysOf(pack)];
  return Object.entries<unknown>(isObject(config) ? { ...config } : {}).map(([key, value]) => ({
    key,
    value,
    origin: ofService.has(key) ? "configuration" : ofPack.has(key) ? "pack" : "default",
  }));
};

const keysOf = (given: unknown): ReadonlySet<string> => new Set(isObject(given) ? Object.keys(given) : []);

const isObject = (value: unknown): value is object => typeof value === "object" && value !== null;
