import type { estypes } from "@elastic/elasticsearch";
import type { SearchedSource } from "@mozdef/alert/runtime";
import type { AlertStore } from "../alert-store.ts";
import { readerOf } from "../requests/reader.ts";
import { isStatus, storeError } from "../store-error.ts";

/** A field that events of a source have, and how it is indexed. */
export interface EventField {
  readonly name: string;
  /** As the store calls it: `keyword`, `text`, `date`, ...; several in order when indices differ. */
  readonly types: readonly string[];
}

/**
 * The fields by which the events of a source can be searched, in order of their names. What was never indexed is not among them.
 *
 * @throws {StoreError}
 */
export const eventFields = async (store: AlertStore, source: SearchedSource): Promise<readonly EventField[]> => {
  const types = new Map<string, Set<string>>();
  for (const mapping of await mappingsOf(store, source))
    for (const [name, type] of fieldsOf("", mapping.properties ?? {}))
      types.set(name, (types.get(name) ?? new Set()).add(type));
  return [...types]
    .map(([name, all]) => ({ name, types: [...all].toSorted() }))
    .toSorted((a, b) => (a.name < b.name ? -1 : 1));
};

const mappingsOf = async (
  store: AlertStore,
  source: SearchedSource,
): Promise<readonly estypes.MappingTypeMapping[]> => {
  const { client, names } = readerOf(store, source);
  const index = source.indices.map(names.physical);
  try {
    const answer = await client.indices.getMapping({ index, ignore_unavailable: true, allow_no_indices: true });
    return Object.values(answer).map(({ mappings }) => mappings);
  } catch (cause) {
    if (isStatus(cause, 404)) return [];
    throw storeError(`Cannot read the fields of ${source.indices.join(",")}`, cause);
  }
};

/** What the kinds of properties have in common here. */
interface IndexedProperty {
  readonly type?: string;
  readonly index?: boolean;
  readonly properties?: Readonly<Record<string, estypes.MappingProperty>>;
  readonly fields?: Readonly<Record<string, estypes.MappingProperty>>;
}

/** Those of objects by their whole names, and the ways in which a field is indexed beside its own. */
function* fieldsOf(
  prefix: string,
  properties: Readonly<Record<string, estypes.MappingProperty>>,
): Generator<readonly [name: string, type: string]> {
  for (const [key, property] of Object.entries(properties)) {
    const name = `${prefix}${key}`;
    const { type, index, properties: below = {}, fields = {} } = property as IndexedProperty;
    if (type !== undefined && type !== "object" && index !== false) yield [name, type];
    yield* fieldsOf(`${name}.`, below);
    yield* fieldsOf(`${name}.`, fields);
  }
}
