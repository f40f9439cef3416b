import { DEFAULT_INDICES, type PackIndices } from "@mozdef/alert/runtime";
import type { FieldKinds } from "@mozdef/query";
import type { AlertStore } from "./alert-store.ts";
import { alertIndex, auditIndex, coverageIndex, deliveryIndex, eventIndex, slotIndex, STATE_INDEX } from "./names.ts";
import { ensureIndices, ownIndices, reclaimIndices } from "./own-indices.ts";
import { putTemplates } from "./schema/put-templates.ts";
import { storeError } from "./store-error.ts";

/** What the packs at hand ask of the store. */
export interface SetupOptions {
  /** Fields that events have besides MozDef's, as `createAlertStore` gets them: indices made from now on map them so. Default: none. */
  readonly fields?: FieldKinds;
  /** Indices of their own, which are created; names that go on after a hyphen are mapped alike. Default: none. */
  readonly indices?: PackIndices;
}

/** What was found on the way that somebody should know. */
export interface SetupReport {
  /** Sentences: what could not be done, and what it takes. Empty when all went well. */
  readonly warnings: readonly string[];
}

/**
 * Makes the store ready: index templates that are missing or different, then indices and aliases of the day (see
 * {@link rotateIndices}). Safe to call again; asks for no right that it does not need, see `docs/privileges.md`.
 *
 * @param options.fields - See `fieldsOfPacks` of `@mozdef/alert/runtime`.
 * @throws {StoreError} `STORE_UNAVAILABLE`, `STORE_REFUSED`; `STORE_INDEX_FOREIGN` when an index of that name is somebody
 *   else's.
 */
export const setUpStore = async (store: AlertStore, now: Date, options: SetupOptions = {}): Promise<SetupReport> => {
  const warnings = await putTemplates(store, options);
  await rotateIndices(store, now);
  await ensureIndices(store, Object.keys(options.indices ?? {}));
  return { warnings };
};

const DAYS_OF_WEEKLY = 7;
const DAY_MS = 86_400_000;

/**
 * Indices of the day and the month, and the aliases `events` (today), `events-previous` (yesterday), `events-weekly` (today and
 * the seven days before, those that exist) and `alerts` (all). Due at the start and whenever a day begins in UTC.
 *
 * @see MozDef `cron/rotateIndexes.py`.
 */
export const rotateIndices = async (store: AlertStore, now: Date): Promise<void> => {
  await ensureIndices(store, [...indicesOf(now), eventIndex(now, 1)]);
  try {
    await moveAliases(store, now);
  } catch (cause) {
    throw storeError(`Cannot move the aliases to ${eventIndex(now)}`, cause);
  }
};

/**
 * Puts indices of the day right that were deleted, or deleted and made anew by a write, while the service ran: they are the service's
 * own again, with their aliases.
 *
 * @returns their names, none when all is well: one request then.
 * @throws {StoreError}
 */
export const restoreIndices = async (store: AlertStore, now: Date): Promise<readonly string[]> => {
  const vanished = await reclaimIndices(store, [...indicesOf(now), eventIndex(now, 1), auditIndex(now)]);
  if (vanished.length > 0) await rotateIndices(store, now);
  return vanished;
};

const indicesOf = (day: Date): readonly string[] => [
  ...[eventIndex(day), deliveryIndex(day), slotIndex(day)],
  ...[alertIndex(day), coverageIndex(day), STATE_INDEX],
];

/**
 * Makes the indices of tomorrow. Due on every day: what arrives right after midnight must not have the store make an index that
 * is nobody's.
 */
export const prepareTomorrow = (store: AlertStore, now: Date): Promise<void> =>
  ensureIndices(store, indicesOf(new Date(now.getTime() + DAY_MS)));

/**
 * Takes the aliases from the service's own days that should no longer have them, and gives them to those that should. The
 * aliases that an index of somebody else has, for whatever reason, stay with it.
 */
const moveAliases = async (store: AlertStore, now: Date): Promise<void> => {
  const { physical } = store.names;
  const own = await ownIndices(store, ["events-*", "alerts-*"]);
  const [events, alerts] = [
    own.filter((name) => name.startsWith("events-")),
    own.filter((name) => name.startsWith("alerts-")),
  ];
  const week = Array.from({ length: DAYS_OF_WEEKLY + 1 }, (_, daysAgo) => eventIndex(now, daysAgo));
  const aliases = [...DEFAULT_INDICES, "events-weekly"].map(physical);
  await store.client.indices.updateAliases({
    actions: [
      ...events.map((name) => ({ remove: { index: physical(name), aliases, must_exist: false } })),
      { add: { index: physical(eventIndex(now)), alias: physical("events"), is_write_index: true } },
      { add: { index: physical(eventIndex(now, 1)), alias: physical("events-previous") } },
      ...events
        .filter((name) => week.includes(name))
        .map((name) => ({ add: { index: physical(name), alias: physical("events-weekly") } })),
      ...alerts.map((name) => ({ add: { index: physical(name), alias: physical("alerts") } })),
    ],
  });
};
