import type { Search } from "@mozdef/alert";
import type { SearchQuery } from "@mozdef/query";

/** How far back events are copied for searches without a window. */
const LONGEST_MS = 8 * 86_400_000;

/** How far back a search looks: with its history, its baseline, or the time in which a value was seen. Milliseconds. */
export const lookbackMs = (search: Search): number => {
  const windowMs = windowOf(search.query);
  switch (search.kind) {
    case "newTerm":
      return windowMs + search.historyMs;
    case "spike":
      return windowMs + search.baselineMs;
    case "noEvent":
      return Math.max(windowMs, search.seenMs ?? 0);
    case "sequence":
      return Math.max(
        ...[search.query, ...search.further].map(({ plan }) => plan.windowMs ?? search.windowMs + search.withinMs),
      );
    default:
      return Math.max(windowMs, ...search.further.map(windowOf));
  }
};

const windowOf = ({ plan: { windowMs } }: SearchQuery): number => Math.min(windowMs ?? LONGEST_MS, LONGEST_MS);
