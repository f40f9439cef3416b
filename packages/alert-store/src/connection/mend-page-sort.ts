import type { ConnectionRequestParams } from "@elastic/elasticsearch";
import type { StoreServer } from "./store-server.ts";
import { textOf, withBody } from "./text-of-body.ts";

interface Page {
  readonly pit?: unknown;
  readonly sort?: readonly (string | Readonly<Record<string, unknown>>)[];
}

/**
 * A page of a point in time, sorted to the last document. Elasticsearch tells equal ones apart by their place, whatever it is asked to sort by;
 * OpenSearch does not, so that those of one time that are left at the end of a page would be on none.
 */
export const mendPageSort = ({ features }: StoreServer, params: ConnectionRequestParams): ConnectionRequestParams => {
  if (params.path !== "/_search" || params.body == null) return params;
  const text = textOf(params);
  if (!text.includes('"pit"')) return params;
  const page = JSON.parse(text) as Page;
  const { pit, sort = [] } = page;
  if (pit === undefined || sort.length === 0 || sort.some(isOfDocument)) return params;
  return withBody(params, { ...page, sort: [...sort, { [features.sortsByPlace ? "_shard_doc" : "_id"]: "asc" }] });
};

const OF_DOCUMENT: ReadonlySet<string> = new Set(["_shard_doc", "_id"]);

const isOfDocument = (sort: NonNullable<Page["sort"]>[number]): boolean =>
  (typeof sort === "string" ? [sort] : Object.keys(sort)).some((field) => OF_DOCUMENT.has(field));
