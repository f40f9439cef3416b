/** As text, or a list of texts. */
export type SettingValue = string | readonly string[];

/** Settings of an index by full name, e.g. `index.number_of_shards`. */
export type IndexSettings = ReadonlyMap<string, SettingValue>;
