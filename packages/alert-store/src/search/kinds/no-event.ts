import type { NoEventSearch } from "@mozdef/alert";
import type { NoEventResult } from "@mozdef/alert/runtime";
import { totalOf } from "../../requests/msearch.ts";
import type { StoreSearchKind } from "./search-kind.ts";

/** One event is as good as a thousand: the server may stop counting at the first. */
export const NO_EVENT: StoreSearchKind<NoEventSearch, NoEventResult> = {
  first: ({ planned: { source }, query }) => [
    { source, indices: source.indices, body: { query, size: 0, track_total_hits: 1 } },
  ],
  follow: () => [],
  result: (_store, _asked, [{ answer }]) => ({ kind: "noEvent", found: totalOf(answer) > 0 }),
  events: () => [],
  without: (result) => result,
};
