import type { EachEventSearch } from "@mozdef/alert";
import type { EachEventResult } from "@mozdef/alert/runtime";
import { EVERY_EVENT } from "../../requests/all-hits.ts";
import { eventsOf, eventsSearch } from "../../requests/events-search.ts";
import { theOnly } from "./rounds.ts";
import type { StoreSearchKind } from "./search-kind.ts";

export const EACH_EVENT: StoreSearchKind<EachEventSearch, EachEventResult> = {
  async *ask({ store, planned: { source }, query }) {
    const first = theOnly(yield [eventsSearch(source, query)]);
    return { kind: "eachEvent", hits: (await eventsOf(store, source, first, EVERY_EVENT)).hits };
  },
  events: ({ hits }) => hits,
  without: ({ kind, hits }, { isCovered }) => ({ kind, hits: hits.filter((hit) => !isCovered(hit)) }),
};
