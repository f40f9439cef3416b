import type { estypes } from "@elastic/elasticsearch";
import type { AlertStore } from "../alert-store.ts";
import { finishCommits } from "../ledger/finish-commits.ts";
import { STATE_INDEX } from "../names.ts";
import { ownIndices } from "../own-indices.ts";
import { storeError } from "../store-error.ts";
import { documentLine, endLine, headerLine } from "./format.ts";
import { STAYS_BEHIND } from "./of-runners.ts";
import { inTransferOrder, kindOfIndex, patternsOf, TRANSFER_KINDS, type TransferKind } from "./own-kind.ts";
import type { Pause } from "./patience.ts";
import { readDocuments } from "./read-documents.ts";

/** How far a transfer has come. */
export interface TransferProgress {
  /** Logical name. */
  readonly index: string;
  /** Documents of this index, and of all so far. */
  readonly documents: number;
  readonly total: number;
}

export interface ExportOptions {
  readonly now: Date;
  /** Of the service. */
  readonly version: string;
  /** Waits for some milliseconds, when the store is busy. */
  readonly pause: Pause;
  /** Default: all. */
  readonly kinds?: readonly TransferKind[];
  /** Events, alerts and records of an earlier time are left out. Default: none are. */
  readonly since?: Date | undefined;
  /** Names of the indices that packs keep. Default: none. */
  readonly packIndices?: readonly string[];
  readonly onProgress?: (progress: TransferProgress) => void;
}

/**
 * All that the service keeps, as lines of JSON that `importStore` reads into any other store: a header, documents with the logical names of
 * their indices, and a line that counts them. Only indices that the service made itself are read.
 *
 * Nothing may be at work on the store meanwhile. What was decided and not carried out is carried out first, since versions of documents do
 * not come along.
 *
 * @throws {StoreError}
 */
export async function* exportStore(
  store: AlertStore,
  { now, version, pause, kinds = TRANSFER_KINDS, since, packIndices = [], onProgress }: ExportOptions,
): AsyncGenerator<string> {
  yield headerLine({ version, at: now.toISOString(), kinds, since: since?.toISOString() ?? null });
  const indices = await indicesOf(store, kinds, packIndices);
  if (kinds.includes("service") && indices.some((index) => index.startsWith("slots-"))) await finish(store);
  const counts: Record<string, number> = {};
  let total = 0;
  for (const index of indices) {
    let documents = 0;
    for await (const page of readDocuments(store, { index, query: queryOf(index, since), pause })) {
      documents += page.length;
      total += page.length;
      yield page.map(({ _id: id, _source: source = {} }) => documentLine({ index, id, source })).join("");
      onProgress?.({ index, documents, total });
    }
    counts[index] = documents;
  }
  yield endLine({ documents: total, indices: counts });
}

const indicesOf = async (
  store: AlertStore,
  kinds: readonly TransferKind[],
  packIndices: readonly string[],
): Promise<readonly string[]> => {
  try {
    const own = await ownIndices(store, patternsOf(packIndices));
    return inTransferOrder(own).filter((name) => {
      const kind = kindOfIndex(name, packIndices);
      return kind !== null && kinds.includes(kind);
    });
  } catch (cause) {
    throw storeError("Cannot ask which indices there are", cause);
  }
};

const finish = async (store: AlertStore): Promise<void> => {
  const { unfinished } = await finishCommits(store);
  const [first] = unfinished;
  if (first !== undefined) throw first;
};

/** By day or month: what is no index of a time is carried over whole, or it would not be of use. */
const OF_A_TIME = /^(?:events|alerts|coverage|deliveries|slots|mozdefaudit)-/;

const queryOf = (index: string, since: Date | undefined): estypes.QueryDslQueryContainer => {
  if (index === STATE_INDEX) return { bool: { must_not: [{ terms: { type: [...STAYS_BEHIND] } }] } };
  if (since === undefined || !OF_A_TIME.test(index)) return { match_all: {} };
  return { range: { utctimestamp: { gte: since.toISOString() } } };
};
