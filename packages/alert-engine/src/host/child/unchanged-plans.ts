import type { PlannedSearch } from "@mozdef/alert/runtime";
import { deserialize, serialize } from "node:v8";
import { type Packed, unpackSearch } from "./protocol.ts";
import { isSameData } from "./same-data.ts";

/** Searches of an alert that take more bytes are not remembered. */
const MOST_BYTES = 64 * 1_024;

/**
 * What `main` of each alert asked for last, as it was sent: nearly every alert asks for the same in each tick, and what has not
 * changed crosses as null.
 */
export class SentPlans {
  readonly #sent = new Map<string, readonly Packed[]>();

  /** @throws {Error} for what cannot be copied, such as a function. */
  searchesOf(id: string, searches: readonly Packed[]): Uint8Array | null {
    // Nothing is written for what has not changed.
    if (isSameData(this.#sent.get(id), searches)) return null;
    const bytes = serialize(searches);
    if (bytes.length <= MOST_BYTES) this.#sent.set(id, copyOf(searches, bytes));
    else this.#sent.delete(id);
    return bytes;
  }
}

/** Alerts may change what they have handed on; the schema of a source, by far the largest part, is not theirs. */
const copyOf = (searches: readonly Packed[], bytes: Uint8Array): readonly Packed[] =>
  (deserialize(bytes) as readonly Packed[]).map((copy, index) => {
    const source = searches[index]?.source as PlannedSearch["source"] | undefined;
    return source === undefined ? copy : { ...copy, source: { ...(copy.source as object), schema: source.schema } };
  });

/**
 * The other side of {@link SentPlans}. A search that has not changed is the same object again, so that whoever makes something of it may keep
 * that.
 */
export class KnownPlans {
  readonly #known = new Map<string, readonly PlannedSearch[]>();
  /** Alerts look into few sources, and each has all the fields of its events with it. */
  readonly #sources = new Map<string, PlannedSearch["source"]>();

  /** A result with its searches as they are again; any other result as it is. Code of alerts can reach what is sent: `searches` is null when nobody understands them. */
  withSearches(id: string, result: Packed): Packed {
    const { searches } = result;
    if (searches === null) return { ...result, searches: this.#known.get(id) ?? null };
    if (!(searches instanceof Uint8Array)) return result;
    const unpacked = unpackedSearches(searches, this.#sources);
    if (unpacked !== null && searches.length <= MOST_BYTES) this.#known.set(id, unpacked);
    else this.#known.delete(id);
    return { ...result, searches: unpacked };
  }
}

const unpackedSearches = (
  bytes: Uint8Array,
  sources: Map<string, PlannedSearch["source"]>,
): readonly PlannedSearch[] | null => {
  try {
    return (deserialize(bytes) as readonly Packed[]).map((packed) => {
      const planned = unpackSearch(packed);
      return { ...planned, source: shared(planned.source, sources) };
    });
  } catch {
    return null;
  }
};

const MOST_SOURCES = 1_000;

const shared = (source: PlannedSearch["source"], sources: Map<string, PlannedSearch["source"]>) => {
  const key = JSON.stringify(source);
  const known = sources.get(key);
  if (known !== undefined) return known;
  if (sources.size >= MOST_SOURCES) sources.clear();
  sources.set(key, source);
  return source;
};
