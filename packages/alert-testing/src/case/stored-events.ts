import type { Hit } from "@mozdef/alert";

/** The events of a site, looked up by address and by the alerts that they say to be covered by. */
export interface StoredEvents {
  readonly all: readonly Hit[];
  /** The event at an address. */
  readonly at: (index: string, id: string) => Hit | undefined;
  /** Events that say to be covered by an alert, in their order. */
  readonly coveredBy: (alert: Address) => readonly Hit[];
}

type Address = Pick<Hit, "_index" | "_id">;

/** Looks at every event once, so that a case may have thousands of events and alerts. */
export const storedEvents = (all: readonly Hit[]): StoredEvents => {
  const places = new Map(all.map((event) => [addressOf(event), event]));
  const covered = new Map<string, Hit[]>();
  for (const event of all)
    for (const address of linksOf(event)) {
      const events = covered.get(address);
      if (events === undefined) covered.set(address, [event]);
      else events.push(event);
    }
  return {
    all,
    at: (_index, _id) => places.get(addressOf({ _index, _id })),
    coveredBy: (alert) => covered.get(addressOf(alert)) ?? [],
  };
};

/** Names of indices have no slash, so no two addresses are the same. */
export const addressOf = ({ _index, _id }: Address): string => `${_index}/${_id}`;

/** Addresses of the alerts that an event names, each once. */
export const linksOf = ({ _source: { alerts } }: Hit): ReadonlySet<string> => {
  const links: readonly unknown[] = Array.isArray(alerts) ? alerts : [];
  return new Set(links.filter(isLink).map(({ index, id }) => addressOf({ _index: index, _id: id })));
};

const isLink = (link: unknown): link is { readonly index: string; readonly id: string } =>
  typeof link === "object" &&
  link !== null &&
  "index" in link &&
  "id" in link &&
  typeof link.index === "string" &&
  typeof link.id === "string";
