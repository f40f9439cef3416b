import type { NoEventSearch } from "@mozdef/alert";
import { valueOf } from "../ask/members.ts";
import { describeSpan } from "../describe-span.ts";
import { withWindow } from "../explained-query.ts";
import type { AskedGroups, ExplainedKind, Near } from "./explained-kind.ts";
import { shownTime } from "./wording.ts";

export const NO_EVENT: ExplainedKind<NoEventSearch> = {
  looksFor: ({ seenMs }, fields) =>
    seenMs === null
      ? "alerts when there is no event"
      : `values of ${fields.join(", ")} seen within ${describeSpan(seenMs)} that have fallen silent`,
  hasGroups: ({ seenMs }) => seenMs !== null,
  near: (asked) => nearOf(asked, asked.planned.search.seenMs ?? 0),
  silence: ({ seenMs }) => (seenMs === null ? "there is an event" : "every value that was seen is still there"),
  firesWithout: () => true,
};

const nearOf = async (asked: AskedGroups<NoEventSearch>, seenMs: number): Promise<Near> => {
  const { planned, compile, firing, firingKeys } = asked;
  const queries = { now: compile(planned.query), seen: compile(withWindow(planned.query, seenMs)) };
  const { seen: largest } = await asked.count({ seen: queries.seen });
  const among = [...firingKeys, ...[...largest.values()].map(({ keys }) => keys)];
  const named = new Map(among.map((keys) => [valueOf(keys), keys]));
  const aggs = { last: { max: { field: planned.source.schema.time[0] } } };
  const { now, seen } = await asked.count(queries, { aggs, among: [...named.values()] });
  const groups = [...named].map(([value, keys]) => {
    const last = seen.get(value)?.measured.last ?? Number.NaN;
    const text = `${firing.has(value) ? "silent, " : ""}last seen on ${shownTime(last)}`;
    return { keys, count: now.get(value)?.count ?? 0, text, nearness: -last };
  });
  return { groups };
};
