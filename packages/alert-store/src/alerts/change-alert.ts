import type { estypes } from "@elastic/elasticsearch";
import type { AlertDocument, AlertMessage } from "@mozdef/alert/runtime";
import type { AlertStore } from "../alert-store.ts";
import { checkPrecondition, type Precondition, versionText } from "../precondition.ts";
import { bulk, checkItem } from "../requests/bulk.ts";
import { StoreError, storeError } from "../store-error.ts";
import { type AlertChange, changedFields, type Changing } from "./changed-fields.ts";
import { FOR_SEARCH_ONLY, getAlert } from "./list-alerts.ts";

/** An alert that somebody has changed. */
export interface ChangedAlert {
  readonly alert: AlertMessage;
  /** As it was. The same as `alert` when nothing has changed. */
  readonly before: AlertMessage;
  /** The version of `alert`. */
  readonly version: string;
}

/** Others may change the alert at the same time; each round one of them gets through. */
const MOST_ROUNDS = 10;
const CONFLICT = 409;

/**
 * Changes an alert: its status, who takes care of it, what is said about it. Every change is added to its `history`; nothing is taken out of
 * that. `acknowledged` also notes when and by whom; any other status but `closed` clears both. Searches see it at once.
 *
 * @param precondition - Which version may be changed. Default: any.
 * @returns null when there is no alert of that id.
 * @throws {StoreError} `STORE_PRECONDITION_FAILED`, `STORE_CHANGE_INVALID`, `STORE_HISTORY_FULL`, `STORE_CONFLICT` when others keep changing it, or when the store does
 * not do it.
 * @see MozDef `rest/index.py`, `alertstatus`, and the acknowledge button of the pages; unlike them, kept with the alert.
 */
export const changeAlert = async (
  store: AlertStore,
  id: string,
  change: AlertChange,
  who: Changing,
  precondition?: Precondition,
): Promise<ChangedAlert | null> => {
  const found = await getAlert(store, id);
  if (found === null) return null;
  for (let round = 0; round < MOST_ROUNDS; round += 1) {
    const current = await currentOf(store, found);
    if (current === null) return null;
    const { alert: before, version } = current;
    checkPrecondition(whatOf(id), versionText(version), precondition);
    const fields = changedFields(before._source, change, who);
    if (fields === null) return { alert: before, before, version: versionText(version) };
    const header = { update: { _index: store.names.physical(before._index), _id: id, ...version } };
    const [item] = await bulk(store, whatOf(id), [[header, { doc: fields }]], { refresh: true });
    if (item?.status === CONFLICT) continue;
    checkItem(whatOf(id), item);
    const alert = { ...before, _source: { ...before._source, ...fields } };
    return { alert, before, version: versionText({ ...version, ...versionOf(item) }) };
  }
  throw new StoreError("STORE_CONFLICT", `${whatOf(id)}: it kept being changed.`, { retryable: true });
};

/** After a write. */
const versionOf = (item: estypes.BulkResponseItem | undefined) => ({
  ...(item?._seq_no !== undefined && { if_seq_no: item._seq_no }),
  ...(item?._primary_term !== undefined && { if_primary_term: item._primary_term }),
});

const whatOf = (id: string): string => `Cannot change alert ${id}`;

/** As it is now, which a search need not see yet. */
const currentOf = async ({ client, names }: AlertStore, { _index, _id }: AlertMessage) => {
  try {
    const { docs } = await client.mget<AlertDocument>({
      docs: [{ _index: names.physical(_index), _id, _source: { excludes: FOR_SEARCH_ONLY } }],
    });
    const [doc] = docs;
    if (doc === undefined || "error" in doc || doc._source === undefined) return null;
    const { _seq_no: if_seq_no = 0, _primary_term: if_primary_term = 1, _source } = doc;
    return { alert: { _index, _id, _source }, version: { if_seq_no, if_primary_term } };
  } catch (cause) {
    throw storeError(whatOf(_id), cause);
  }
};
