import type { estypes } from "@elastic/elasticsearch";
import type { AlertStore } from "../alert-store.ts";
import { AUDIT } from "../names.ts";
import { StoreError, storeError } from "../store-error.ts";
import type { StoredAudit } from "./audit-record.ts";

/** Which records are wanted. */
export interface AuditFilter {
  readonly by?: readonly string[] | undefined;
  readonly action?: readonly string[] | undefined;
  readonly outcome?: readonly string[] | undefined;
  readonly since?: Date | undefined;
  readonly until?: Date | undefined;
}

/** One page of the audit log. */
export interface AuditPage {
  /** Newest first. */
  readonly records: readonly StoredAudit[];
  /** What the next page comes after; null at the end. */
  readonly next: string | null;
}

/**
 * The audit log, newest first, page by page without an end: `after` is `next` of the page before.
 *
 * @throws {StoreError} `STORE_CHANGE_INVALID` when `after` is none.
 */
export const listAudit = async (
  { client, names }: AlertStore,
  filter: AuditFilter,
  { size, after }: { readonly size: number; readonly after?: string | undefined },
): Promise<AuditPage> => {
  const position = after === undefined ? undefined : positionOf(after);
  try {
    const { hits } = await client.search<StoredAudit>({
      index: names.physical(AUDIT),
      ignore_unavailable: true,
      // A log with holes would be taken for whole.
      allow_partial_search_results: false,
      query: { bool: { filter: clausesOf(filter) } },
      sort: [{ utctimestamp: "desc" }, { id: "desc" }],
      size,
      ...(position !== undefined && { search_after: position }),
    });
    const last = hits.hits.length < size ? undefined : hits.hits.at(-1)?.sort;
    return {
      records: hits.hits.flatMap(({ _source }) => _source ?? []),
      next: last === undefined ? null : Buffer.from(JSON.stringify(last)).toString("base64url"),
    };
  } catch (cause) {
    throw storeError("Cannot read the audit log", cause);
  }
};

const clausesOf = ({ by, action, outcome, since, until }: AuditFilter): estypes.QueryDslQueryContainer[] => [
  ...Object.entries({ by, action, outcome }).flatMap(([field, values]) =>
    values === undefined || values.length === 0 ? [] : [{ terms: { [field]: [...values] } }],
  ),
  ...(since === undefined && until === undefined
    ? []
    : [
        {
          range: {
            utctimestamp: { ...(since && { gte: since.toISOString() }), ...(until && { lt: until.toISOString() }) },
          },
        },
      ]),
];

const positionOf = (after: string): [number, string] => {
  const parsed = parsedOf(after);
  if (Array.isArray(parsed) && parsed.length === 2 && Number.isSafeInteger(parsed[0]) && typeof parsed[1] === "string")
    return [parsed[0] as number, parsed[1]];
  throw new StoreError(
    "STORE_CHANGE_INVALID",
    `The place in the audit log is wrong: expected "next" of an earlier page. Received: ${JSON.stringify(after.slice(0, 100))}.`,
  );
};

const parsedOf = (after: string): unknown => {
  try {
    return JSON.parse(Buffer.from(after, "base64url").toString());
  } catch {
    return null;
  }
};
