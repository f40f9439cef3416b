/** A copy without the keys that are undefined: optional keys of checked input, for functions that want them left out. */
export const withoutUndefined = <T extends object>(value: T): { [K in keyof T]?: Exclude<T[K], undefined> } =>
  Object.fromEntries(Object.entries(value).filter(([, entry]) => entry !== undefined)) as never;
