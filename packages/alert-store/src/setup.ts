import { errors } from "@elastic/elasticsearch";
import type { estypes } from "@elastic/elasticsearch";
import { DEFAULT_INDICES, type PackIndices } from "@mozdef/alert/runtime";
import type { FieldKinds } from "@mozdef/query";
import type { AlertStore } from "./alert-store.ts";
import { alertIndex, DELIVERIES, deliveryIndex, eventIndex, runIndex, STATE_INDEX } from "./names.ts";
import { OWNER, ownIndices } from "./own-indices.ts";
import { alertMapping, eventMapping, serviceMapping, stateMapping } from "./schema/mappings.ts";
import { storeError } from "./store-error.ts";

/** Replicas follow the cluster: none on a single node, one from two nodes on. */
const settings: estypes.IndicesIndexSettings = { number_of_shards: 1, auto_expand_replicas: "0-1" };

interface Template {
  readonly patterns: readonly string[];
  readonly mappings: estypes.MappingTypeMapping;
}

const templatesOf = ({ fields = {}, indices = {} }: SetupOptions): Readonly<Record<string, Template>> => ({
  events: { patterns: ["events-*"], mappings: eventMapping(fields) },
  alerts: { patterns: ["alerts-*"], mappings: alertMapping },
  service: { patterns: [STATE_INDEX, DELIVERIES, "runs-*"], mappings: serviceMapping },
  ...Object.fromEntries(
    Object.entries(indices).map(([name, kinds]) => [
      name,
      { patterns: [name, `${name}-*`], mappings: stateMapping(kinds) },
    ]),
  ),
});

/** Above the templates that the server brings itself (100 to 250). */
const PRIORITY = 500;

/** What the packs at hand ask of the store. */
export interface SetupOptions {
  /** Fields that events have besides MozDef's: indices made from now on map them so. Default: none. */
  readonly fields?: FieldKinds;
  /** Indices of their own, which are created; names that go on after a hyphen are mapped alike. Default: none. */
  readonly indices?: PackIndices;
}

/**
 * Makes the store ready: index templates, then indices and aliases of the day (see {@link rotateIndices}).
 * Safe to call again.
 *
 * @param options.fields - See `fieldsOfPacks` of `@mozdef/alert/runtime`.
 * @throws {StoreError} `STORE_UNAVAILABLE`, `STORE_REFUSED`.
 */
export const setUpStore = async (store: AlertStore, now: Date, options: SetupOptions = {}): Promise<void> => {
  const { client, names } = store;
  try {
    await Promise.all(
      Object.entries(templatesOf(options)).map(([name, { patterns, mappings }]) =>
        client.indices.putIndexTemplate({
          name: `${names.prefix}mozdef-${name}`,
          index_patterns: patterns.map(names.physical),
          priority: PRIORITY,
          template: { settings, mappings },
        }),
      ),
    );
  } catch (cause) {
    throw storeError("Cannot put the index templates", cause);
  }
  await rotateIndices(store, now);
  try {
    await Promise.all(Object.keys(options.indices ?? {}).map((name) => createIndex(store, name)));
  } catch (cause) {
    throw storeError("Cannot prepare the indices of packs", cause);
  }
};

const DAYS_OF_WEEKLY = 7;

/**
 * Indices of the day and the month, and the aliases `events` (today), `events-previous` (yesterday), `events-weekly` (today and
 * the seven days before, those that exist) and `alerts` (all). Due at the start and whenever a day begins in UTC.
 *
 * @see MozDef `cron/rotateIndexes.py`.
 */
export const rotateIndices = async (store: AlertStore, now: Date): Promise<void> => {
  const today = eventIndex(now);
  const yesterday = eventIndex(now, 1);
  const lasting = [alertIndex(now), STATE_INDEX];
  const created = [today, yesterday, deliveryIndex(now), runIndex(now), ...lasting];
  try {
    await Promise.all(created.map((name) => createIndex(store, name)));
    await moveAliases(store, now);
  } catch (cause) {
    throw storeError(`Cannot prepare the indices of ${today}`, cause);
  }
};

/** Creates an index as the service's own; one that is there is left as it is, whoever made it. */
export const createIndex = async ({ client, names }: AlertStore, name: string): Promise<void> => {
  try {
    await client.indices.create({ index: names.physical(name), mappings: { _meta: OWNER } });
  } catch (cause) {
    if (!isAlreadyThere(cause)) throw cause;
  }
};

const isAlreadyThere = (cause: unknown): boolean =>
  cause instanceof errors.ResponseError && cause.message.includes("resource_already_exists_exception");

/**
 * Takes the aliases from the service's own days that should no longer have them, and gives them to those that should. The
 * aliases that an index of somebody else has, for whatever reason, stay with it.
 */
const moveAliases = async (store: AlertStore, now: Date): Promise<void> => {
  const { physical } = store.names;
  const own = await ownIndices(store, ["events-*"]);
  const week = Array.from({ length: DAYS_OF_WEEKLY + 1 }, (_, daysAgo) => eventIndex(now, daysAgo));
  const aliases = [...DEFAULT_INDICES, "events-weekly"].map(physical);
  await store.client.indices.updateAliases({
    actions: [
      ...own.map((name) => ({ remove: { index: physical(name), aliases, must_exist: false } })),
      { add: { index: physical(eventIndex(now)), alias: physical("events"), is_write_index: true } },
      { add: { index: physical(eventIndex(now, 1)), alias: physical("events-previous") } },
      ...own
        .filter((name) => week.includes(name))
        .map((name) => ({ add: { index: physical(name), alias: physical("events-weekly") } })),
      { add: { index: physical("alerts-*"), alias: physical("alerts") } },
    ],
  });
};
