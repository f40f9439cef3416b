import type { TransportRequestParams } from "@elastic/elasticsearch";

/** How many times as long as the others a request may take. */
export const LONGER = { work: 3, change: 6 } as const;

/** A search among millions of events, a page of ten thousand, a bulk request of several megabytes. */
const WORK: ReadonlySet<string> = new Set(["_bulk", "_msearch", "_search", "_count", "_pit"]);

/** What a master carries out, on all nodes, one after the other: indices, aliases, mappings, templates. */
const isChange = ({ method, path }: Place): boolean =>
  method === "DELETE"
    ? !/\/_(?:doc|pit)(?:\/|$)/.test(path)
    : method === "PUT"
      ? !/\/_(?:doc|create)\//.test(path)
      : path === "/_aliases";

type Place = Pick<TransportRequestParams, "method" | "path">;

/**
 * The deadline of a request, in milliseconds.
 *
 * @param timeoutMs - That of a request which has little to do, such as reading a document: 10 s unless the configuration says otherwise.
 */
export const deadlineOf = (place: Place, timeoutMs: number): number => {
  if (isChange(place)) return LONGER.change * timeoutMs;
  return WORK.has(place.path.split("/").at(-1) ?? "") ? LONGER.work * timeoutMs : timeoutMs;
};
