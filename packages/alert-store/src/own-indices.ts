import { errors } from "@elastic/elasticsearch";
import type { estypes } from "@elastic/elasticsearch";
import type { AlertStore } from "./alert-store.ts";
import { AUDIT, COVERAGE, DELIVERIES, SLOTS } from "./names.ts";
import { isStatus, StoreError, storeError } from "./store-error.ts";

/**
 * What the mapping of every index says that the service made itself. Names prove nothing: a cluster may have held
 * `events-20200101` long before, and an index template would also reach indices that others create later.
 */
export const OWNER = Object.freeze({ "mozdef-alerts": { owner: "alert-store" } });

/**
 * The indices among those that match which the service made itself, by their logical names. Only these may it delete, write
 * to, or take an alias from.
 *
 * @param patterns - Logical names, with wildcards.
 * @throws what the client throws.
 */
export const ownIndices = async (
  { client, names }: AlertStore,
  patterns: readonly string[],
): Promise<readonly string[]> => {
  const found = await client.indices.getMapping({
    index: patterns.map(names.physical),
    ignore_unavailable: true,
    // The mappings of half a year are large.
    filter_path: "*.mappings._meta",
  });
  return Object.entries(found)
    .filter(([, { mappings }]) => isMarked(mappings))
    .map(([name]) => names.logical(name));
};

/**
 * Indices that have names as the service's own, and that somebody else has made: physical names, in order.
 *
 * @throws {StoreError}
 */
export const foreignIndices = async ({ client, names }: AlertStore): Promise<readonly string[]> => {
  try {
    const index = OWN_PATTERNS.map(names.physical);
    const found = await client.indices.getMapping({ index, ignore_unavailable: true });
    return Object.entries(found)
      .flatMap(([name, { mappings }]) => (isMarked(mappings) ? [] : [name]))
      .sort();
  } catch (cause) {
    throw storeError("Cannot ask whose the indices are", cause);
  }
};

const OWN_PATTERNS = ["events-*", "alerts-*", SLOTS, DELIVERIES, COVERAGE, AUDIT];

/** What is known of the index of a name. */
type Ownership = "own" | "foreign" | "missing";

/** Whose an index is does not change while it exists, so each is asked about once. */
const ASKED = new WeakMap<AlertStore, Map<string, Exclude<Ownership, "missing">>>();

const askedOf = (store: AlertStore): Map<string, Exclude<Ownership, "missing">> => {
  const asked = ASKED.get(store) ?? new Map<string, Exclude<Ownership, "missing">>();
  ASKED.set(store, asked);
  return asked;
};

/** Whose these indices are: one request at most, none when all of them were asked about before. */
const ownershipOf = async (store: AlertStore, indices: Iterable<string>): Promise<ReadonlyMap<string, Ownership>> => {
  const asked = askedOf(store);
  const wanted = [...new Set(indices)];
  const unknown = wanted.filter((name) => !asked.has(name));
  if (unknown.length > 0)
    for (const [name, isOwn] of await readOwnership(store, unknown)) asked.set(name, isOwn ? "own" : "foreign");
  return new Map(wanted.map((name) => [name, asked.get(name) ?? "missing"]));
};

/** Those that exist. */
const readOwnership = async (
  store: AlertStore,
  indices: readonly string[],
): Promise<readonly (readonly [name: string, isOwn: boolean])[]> => {
  const { client, names } = store;
  try {
    const found = await client.indices.getMapping({ index: indices.map(names.physical), ignore_unavailable: true });
    return Object.entries(found).map(([name, { mappings }]) => [names.logical(name), isMarked(mappings)]);
  } catch (cause) {
    if (isStatus(cause, 404)) return [];
    throw storeError("Cannot ask whose the indices are", cause);
  }
};

const isMarked = (mappings: estypes.MappingTypeMapping): boolean =>
  Object.hasOwn(mappings._meta ?? {}, "mozdef-alerts");

/**
 * Which of these indices the service made itself.
 *
 * @param indices - Logical names, without wildcards.
 * @throws {StoreError}
 */
export const ownAmong = async (store: AlertStore, indices: Iterable<string>): Promise<ReadonlySet<string>> => {
  const owners = await ownershipOf(store, indices);
  return new Set([...owners].flatMap(([name, owner]) => (owner === "own" ? [name] : [])));
};

/**
 * Makes sure that indices exist and are the service's own, before anything is written to them. Costs nothing for indices that
 * were made sure of before, and asks for no right to create when all of them are there.
 *
 * @throws {StoreError} `STORE_INDEX_FOREIGN` when somebody else has made one of that name.
 */
export const ensureIndices = async (store: AlertStore, names: readonly string[]): Promise<void> => {
  const owners = await ownershipOf(store, names);
  const created = await Promise.all(
    [...owners].map(async ([name, owner]) => (owner === "missing" && (await createIndex(store, name)) ? name : null)),
  );
  for (const name of created) if (name !== null) askedOf(store).set(name, "own");
  const foreign = [...(await ownershipOf(store, names))].find(([, owner]) => owner !== "own");
  if (foreign !== undefined) throw foreignIndex(store, foreign[0]);
};

/** Indices that are gone: should they be written to once more, they have to be made again. */
export const forgetIndices = (store: AlertStore, names: readonly string[]): void => {
  for (const name of names) askedOf(store).delete(name);
};

/**
 * Which of these indices, that the service has made, were deleted or made anew since: a server makes the index of a write that comes
 * after the deletion, and nobody's mark is in that. It is given the mark again; one that is missing can be made again now.
 *
 * @param indices - Logical names, without wildcards.
 * @throws {StoreError}
 */
export const reclaimIndices = async (store: AlertStore, indices: readonly string[]): Promise<readonly string[]> => {
  const { client, names } = store;
  const asked = askedOf(store);
  const known = indices.filter((name) => asked.get(name) === "own");
  if (known.length === 0) return [];
  try {
    const found = await client.indices.get({
      index: known.map(names.physical),
      ignore_unavailable: true,
      filter_path: "*.aliases,*.mappings._meta",
    });
    const isThere = (name: string): boolean => Object.hasOwn(found, names.physical(name));
    const missing = known.filter((name) => !isThere(name));
    const unmarked = known.filter((name) => isThere(name) && !isMarked(found[names.physical(name)]?.mappings ?? {}));
    if (unmarked.length > 0) await client.indices.putMapping({ index: unmarked.map(names.physical), _meta: OWNER });
    forgetIndices(store, missing);
    return [...missing, ...unmarked];
  } catch (cause) {
    throw storeError("Cannot ask whether the indices are still there", cause);
  }
};

/** @returns false when it is there already: somebody else was faster. */
const createIndex = async ({ client, names }: AlertStore, name: string): Promise<boolean> => {
  try {
    await client.indices.create({ index: names.physical(name), mappings: { _meta: OWNER } });
    return true;
  } catch (cause) {
    if (isAlreadyThere(cause)) return false;
    throw storeError(`Cannot create the index ${names.physical(name)}`, cause);
  }
};

const isAlreadyThere = (cause: unknown): boolean =>
  cause instanceof errors.ResponseError && cause.message.includes("resource_already_exists_exception");

const foreignIndex = ({ names }: AlertStore, name: string): StoreError =>
  new StoreError(
    "STORE_INDEX_FOREIGN",
    `The index ${names.physical(name)} was made by somebody else (its mapping has no _meta.mozdef-alerts), and the service writes to its own only. Give the service a prefix (store.prefix in the configuration), or rename that index.`,
  );
