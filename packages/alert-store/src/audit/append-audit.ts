import { randomUUID } from "node:crypto";
import type { AlertStore } from "../alert-store.ts";
import { auditIndex } from "../names.ts";
import { ensureIndices } from "../own-indices.ts";
import { storeError } from "../store-error.ts";
import type { AuditRecord } from "./audit-record.ts";

/** Keeps in order what comes within one millisecond. */
let sequence = 0;

/**
 * Adds to the audit log, in the index of the day. Nothing here changes or deletes a record: days that are no longer kept go as a whole
 * (`pruneIndices`).
 *
 * @throws {StoreError}
 */
export const appendAudit = async (store: AlertStore, record: AuditRecord): Promise<void> => {
  const index = auditIndex(new Date(record.utctimestamp));
  await ensureIndices(store, [index]);
  sequence += 1;
  const id = `${sequence.toString(36).padStart(8, "0")}-${randomUUID()}`;
  try {
    await store.client.index({
      ...{ index: store.names.physical(index), id, document: { ...record, id } },
      ...{ op_type: "create", refresh: true },
    });
  } catch (cause) {
    throw storeError("Cannot add to the audit log", cause);
  }
};
