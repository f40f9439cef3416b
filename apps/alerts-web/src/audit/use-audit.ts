import type { AuditEntry } from "@mozdef/alert-api";
import { useState } from "react";
import { type AuditPage, readAudit } from "../api/audit-api.ts";
import { usePolled } from "../shared/use-polled.ts";

/** The audit log as far as it was loaded. */
export interface LoadedAudit {
  /** Newest first; undefined before the first answer. */
  readonly entries: readonly AuditEntry[] | undefined;
  readonly error: Error | undefined;
  readonly hasMore: boolean;
  readonly isLoading: boolean;
  /** Loads the next page. */
  readonly more: () => void;
  /** Starts again with the newest. */
  readonly reload: () => void;
}

/** Pages after the first, which they belong to. */
interface Later {
  readonly first: AuditPage;
  readonly entries: readonly AuditEntry[];
  readonly next: string | null;
  readonly error?: Error;
}

/** @param search - The filters as a query. */
export const useAudit = (search: string): LoadedAudit => {
  const { data, error, current, reload } = usePolled(search, (signal) => readAudit(search, signal));
  const first = current ? data : undefined;
  const [later, setLater] = useState<Later>();
  const [isLoading, setLoading] = useState(false);
  const loaded = later !== undefined && later.first === first ? later : undefined;
  const next = loaded === undefined ? (first?.next ?? null) : loaded.next;

  const more = () => {
    if (first === undefined || next === null || isLoading) return;
    const entries = loaded?.entries ?? [];
    setLoading(true);
    readAudit(withAfter(search, next))
      .then(
        (page) => setLater({ first, entries: [...entries, ...page.entries], next: page.next }),
        (failure: unknown) => setLater({ first, entries, next, error: failure as Error }),
      )
      .finally(() => setLoading(false));
  };
  return {
    entries: first === undefined ? undefined : [...first.entries, ...(loaded?.entries ?? [])],
    error: loaded?.error ?? error,
    hasMore: next !== null,
    isLoading,
    more,
    reload,
  };
};

const withAfter = (search: string, after: string): string => {
  const params = new URLSearchParams(search);
  params.set("after", after);
  return params.toString();
};
