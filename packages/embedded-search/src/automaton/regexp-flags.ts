/** Optional operators of Lucene's regular expressions; each is a plain character while it is off. */
export interface RegexpFlags {
  /** `&`: both sides match. */
  readonly intersection: boolean;
  /** `~`: anything but what follows. */
  readonly complement: boolean;
  /** `#`: nothing matches. */
  readonly empty: boolean;
  /** `@`: any text. */
  readonly anyString: boolean;
  /** `<1-9>`: numbers of a range. */
  readonly interval: boolean;
  /** `<name>`: always refused, because no names are defined. */
  readonly named: boolean;
}

const NONE: RegexpFlags = {
  intersection: false,
  complement: false,
  empty: false,
  anyString: false,
  interval: false,
  named: false,
};

/** What `regexp` queries and query strings use by default. */
export const ALL_REGEXP_FLAGS: RegexpFlags = {
  intersection: true,
  complement: true,
  empty: true,
  anyString: true,
  interval: true,
  named: true,
};

const byName = new Map<string, RegexpFlags>([
  ["INTERSECTION", { ...NONE, intersection: true }],
  ["COMPLEMENT", { ...NONE, complement: true }],
  ["EMPTY", { ...NONE, empty: true }],
  ["ANYSTRING", { ...NONE, anyString: true }],
  ["INTERVAL", { ...NONE, interval: true }],
  ["NONE", NONE],
  ["ALL", ALL_REGEXP_FLAGS],
]);

/** Reads flags as written in a request: names separated by `|`, in any case. Returns the first unknown name as a text. */
export const parseRegexpFlags = (text: string): RegexpFlags | string => {
  if (text === "") return { ...ALL_REGEXP_FLAGS, complement: false };
  let flags = NONE;
  for (const name of text.split("|").filter((part) => part !== "")) {
    const named = byName.get(name.toUpperCase());
    if (named === undefined) return name;
    if (named === ALL_REGEXP_FLAGS) return named;
    flags = either(flags, named);
  }
  return flags;
};

const either = (a: RegexpFlags, b: RegexpFlags): RegexpFlags => ({
  intersection: a.intersection || b.intersection,
  complement: a.complement || b.complement,
  empty: a.empty || b.empty,
  anyString: a.anyString || b.anyString,
  interval: a.interval || b.interval,
  named: a.named || b.named,
});
