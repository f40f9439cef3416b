import type { NoEventSearch } from "@mozdef/alert";
import type { NoEventResult } from "@mozdef/alert/runtime";
import { queryOf } from "@mozdef/query/tools";
import { totalOf } from "../../requests/msearch.ts";
import { groupFields, groupsOf, groupsSearch, keyText } from "./groups.ts";
import { theOnly } from "./rounds.ts";
import type { AskedSearch, Asking, StoreSearchKind } from "./search-kind.ts";

export const NO_EVENT: StoreSearchKind<NoEventSearch, NoEventResult> = {
  ask: (asked) => (asked.planned.search.seenMs === null ? atAll(asked) : each(asked, asked.planned.search.seenMs)),
  events: () => [],
  without: (result) => result,
};

/** One event is as good as a thousand: the server may stop counting at the first. */
// eslint-disable-next-line @typescript-eslint/require-await -- a round is waited for by who runs it
async function* atAll({ planned: { source }, query }: AskedSearch<NoEventSearch>): Asking<NoEventResult> {
  const { answer } = theOnly(
    yield [{ source, indices: source.indices, body: { query, size: 0, track_total_hits: 1 } }],
  );
  return { kind: "noEvent", found: totalOf(answer) > 0 };
}

/** Who was seen before, less those that are seen now. */
async function* each(asked: AskedSearch<NoEventSearch>, seenMs: number): Asking<NoEventResult> {
  const { store, planned, query, compile } = asked;
  const { source } = planned;
  const wanted = { source, fields: groupFields(planned), threshold: 1 };
  const before = compile(queryOf({ ...planned.query.plan, windowMs: seenMs }));
  const [now, seen] = yield [groupsSearch(query, wanted), groupsSearch(before, wanted)];
  if (now === undefined || seen === undefined) return { kind: "noEvent", found: true };
  const present = new Set((await groupsOf(store, now, wanted)).map(({ keys }) => keyText(keys)));
  const known = await groupsOf(store, seen, wanted);
  const silent = known.flatMap(({ keys }) => (present.has(keyText(keys)) ? [] : [keys]));
  return { kind: "noEvent", found: present.size > 0, silent };
}
