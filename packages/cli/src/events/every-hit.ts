import type { Reader } from "@mozdef/alert-store";
import type { QueryContainer } from "@mozdef/query";

/** A stored document with the logical name of its index. */
export interface StoredDocument {
  readonly index: string;
  readonly id: string;
  readonly source: Readonly<Record<string, unknown>>;
}

interface Page {
  readonly documents: readonly StoredDocument[];
  /** Where the next page starts; undefined after the last one. */
  readonly after: readonly unknown[] | undefined;
}

const PAGE = 5_000;

/** All documents that a query finds, paged over a point in time, oldest first by a date field. */
export const everyHit = async (
  store: Reader,
  indices: readonly string[],
  { query, sortBy }: { readonly query: QueryContainer; readonly sortBy: string },
): Promise<readonly StoredDocument[]> => {
  const { client, names } = store;
  const index = indices.map(names.physical);
  const { id } = await client.openPointInTime({ index, keep_alive: "2m", ignore_unavailable: true });
  try {
    const documents: StoredDocument[] = [];
    let after: Page["after"] = [];
    while (after !== undefined) {
      const page = await nextPage(store, { id, query, sortBy, after });
      documents.push(...page.documents);
      after = page.after;
    }
    return documents;
  } finally {
    await client.closePointInTime({ id });
  }
};

const nextPage = async (
  { client, names }: Reader,
  {
    id,
    query,
    sortBy,
    after,
  }: {
    readonly id: string;
    readonly query: QueryContainer;
    readonly sortBy: string;
    readonly after: readonly unknown[];
  },
): Promise<Page> => {
  const { hits } = await client.search<StoredDocument["source"]>({
    pit: { id, keep_alive: "2m" },
    query,
    size: PAGE,
    sort: [{ [sortBy]: { order: "asc", missing: "_last", unmapped_type: "date" } }],
    ...(after.length > 0 && { search_after: after as string[] }),
  });
  return {
    documents: hits.hits.map(({ _index, _id = "", _source = {} }) => ({
      index: names.logical(_index),
      id: _id,
      source: _source,
    })),
    after: hits.hits.length < PAGE ? undefined : hits.hits.at(-1)?.sort,
  };
};
