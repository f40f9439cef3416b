import type { AlertStore } from "./alert-store.ts";

/**
 * What the mapping of every index says that the service made itself. Names prove nothing: a cluster may have held
 * `events-20200101` long before, and an index template would also reach indices that others create later.
 */
export const OWNER = Object.freeze({ "mozdef-alerts": { owner: "alert-store" } });

/**
 * The indices among those that match which the service made itself, by their logical names. Only these may it delete, or
 * take an alias from.
 *
 * @param patterns - Logical names, with wildcards.
 * @throws what the client throws.
 */
export const ownIndices = async (
  { client, names }: AlertStore,
  patterns: readonly string[],
): Promise<readonly string[]> => {
  const found = await client.indices.getMapping({ index: patterns.map(names.physical), ignore_unavailable: true });
  return Object.entries(found)
    .filter(([, { mappings }]) => Object.hasOwn(mappings._meta ?? {}, "mozdef-alerts"))
    .map(([name]) => names.logical(name));
};
