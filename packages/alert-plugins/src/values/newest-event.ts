import type { AlertContext, EventSource } from "@mozdef/alert";
import type { SearchQuery } from "@mozdef/query";

/** The most recent event that matches; null when none does. */
export const newestEvent = async (
  { search }: Pick<AlertContext, "search">,
  query: SearchQuery,
  options: { readonly indices: readonly string[]; readonly newestBy: string },
): Promise<EventSource | null> => {
  const found = await search(query, { ...options, size: 1 });
  // Asked, since it is meant that all older ones are left out.
  return found.total === 0 ? null : (found[0]?._source ?? null);
};
