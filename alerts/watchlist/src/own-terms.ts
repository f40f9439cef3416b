import type { AlertContext } from "@mozdef/alert";
import { ExistsMatch, fieldNamed, SearchQuery } from "@mozdef/query";

/** The terms that are kept in the store, those that have expired left out. */
export const ownTerms = async (
  index: string,
  { now, state }: Pick<AlertContext, "now" | "state">,
): Promise<readonly string[]> => {
  const hits = await state.find(index, SearchQuery().must(ExistsMatch(fieldNamed("watchcontent"))), { size: 10_000 });
  return hits.flatMap(({ _source: { watchcontent, dateExpiring } }) =>
    typeof watchcontent === "string" && watchcontent.trim() !== "" && !isPast(dateExpiring, now) ? [watchcontent] : [],
  );
};

/** A term without an expiry time stays. */
const isPast = (expiring: unknown, now: Date): boolean =>
  (typeof expiring === "string" || typeof expiring === "number") && new Date(expiring).getTime() <= now.getTime();
