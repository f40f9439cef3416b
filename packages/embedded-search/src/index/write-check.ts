import { ApiError } from "../errors/api-error.ts";

/** What the writer assumes about the existing document. */
export interface WriteCondition {
  readonly ifSeqNo?: number | undefined;
  readonly ifPrimaryTerm?: number | undefined;
  /** Refuse to replace. */
  readonly create?: boolean | undefined;
  /** The id was made for this document, so no other one can have it and none is looked for. */
  readonly isNewId?: boolean | undefined;
}

/** Version and sequence number of a stored document. */
export interface StoredVersion {
  readonly version: number;
  readonly sequence: number;
}

/** The term of the only primary. */
export const PRIMARY_TERM = 1;

/**
 * Checks a write against what is stored.
 *
 * @throws {ApiError} 409 `version_conflict_engine_exception`.
 */
export const checkWrite = (
  index: { readonly name: string; readonly uuid: string },
  id: string,
  current: StoredVersion | undefined,
  condition: WriteCondition,
): void => {
  if (condition.ifSeqNo !== undefined) checkSequence(index, id, current, condition);
  else if (condition.create === true && current !== undefined)
    throw conflict(index, `[${id}]: version conflict, document already exists (current version [${current.version}])`);
};

const checkSequence = (
  index: { readonly name: string; readonly uuid: string },
  id: string,
  current: StoredVersion | undefined,
  { ifSeqNo, ifPrimaryTerm }: WriteCondition,
): void => {
  if (current?.sequence === ifSeqNo && ifPrimaryTerm === PRIMARY_TERM) return;
  const wanted = `[${id}]: version conflict, required seqNo [${ifSeqNo ?? 0}], primary term [${ifPrimaryTerm ?? 0}].`;
  if (current === undefined) throw conflict(index, `${wanted} but no document was found`);
  throw conflict(
    index,
    `${wanted} current document has seqNo [${current.sequence}] and primary term [${PRIMARY_TERM}]`,
  );
};

const conflict = (index: { readonly name: string; readonly uuid: string }, reason: string): ApiError =>
  new ApiError(409, {
    type: "version_conflict_engine_exception",
    reason,
    details: { index_uuid: index.uuid, shard: "0", index: index.name },
  });
