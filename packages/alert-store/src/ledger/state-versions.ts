import type { AlertStore } from "../alert-store.ts";
import type { StateDocument } from "../commit/state-document.ts";
import { storeError } from "../store-error.ts";
import { stateKey, type StateVersions } from "./pieces.ts";

/** One of each document, the one given last: several alerts of a slot may keep the same. */
export const latestState = (documents: readonly StateDocument[]): ReadonlySet<StateDocument> =>
  new Set(new Map(documents.map((document) => [stateKey(document), document])).values());

/**
 * The versions of documents that are to be replaced. What was decided replaces these and none that came after.
 *
 * @throws {StoreError}
 */
export const stateVersions = async (
  { client, names }: AlertStore,
  documents: ReadonlySet<StateDocument>,
): Promise<StateVersions> => {
  const wanted = [...documents];
  if (wanted.length === 0) return new Map();
  try {
    const { docs } = await client.mget({
      docs: wanted.map(({ index, id }) => ({ _index: names.physical(index), _id: id, _source: false })),
    });
    return new Map(
      wanted.map((document, position) => {
        const doc = docs[position];
        if (doc === undefined || "error" in doc || !doc.found) return [stateKey(document), null];
        return [stateKey(document), { if_seq_no: doc._seq_no ?? 0, if_primary_term: doc._primary_term ?? 1 }];
      }),
    );
  } catch (cause) {
    throw storeError("Cannot read what alerts keep", cause);
  }
};
