import type { NewTermSearch } from "@mozdef/alert";
import type { QueryContainer } from "@mozdef/query";
import type { CountedGroup } from "../ask/count-groups.ts";
import { valueOf } from "../ask/members.ts";
import { describeSpan } from "../describe-span.ts";
import { withWindow } from "../explained-query.ts";
import type { AskedGroups, ExplainedKind, Near } from "./explained-kind.ts";
import { COVERED, shownTime } from "./wording.ts";

export const NEW_TERM: ExplainedKind<NewTermSearch> = {
  looksFor: ({ historyMs }, fields) =>
    `values of ${fields.join(", ")} that were not there in the ${describeSpan(historyMs)} before`,
  hasGroups: () => true,
  near: (asked) => nearOf(asked),
  silence: () => "no value is new",
};

const nearOf = async (asked: AskedGroups<NewTermSearch>): Promise<Near> => {
  const { planned, firing, firingKeys, compile } = asked;
  const { search, source } = planned;
  const values = await asked.withLost();
  const time = source.schema.time[0];
  const { seen } = await asked.count(
    { seen: { bool: { filter: [everIn(asked)], must_not: [compile(planned.query)] } } },
    {
      aggs: { first: { min: { field: time } }, last: { max: { field: time } } },
      among: [...firingKeys, ...values.map(({ keys }) => keys)],
    },
  );
  const note = await learning(asked, time);
  const groups = values.map(({ keys, count, lost }) => {
    const value = valueOf(keys);
    const before = seen.get(value);
    const unseen = firing.has(value)
      ? `new: not there in the ${describeSpan(search.historyMs)} before`
      : (note ?? COVERED);
    const text = count === 0 ? "no event fits" : before === undefined ? unseen : seenText(before);
    return { keys, count, lost, text, nearness: (count === 0 ? -1e9 : 0) - (before?.count ?? 0) };
  });
  return { groups, note };
};

const seenText = ({ measured: { first = Number.NaN, last = Number.NaN } }: CountedGroup): string =>
  `not new: seen first on ${shownTime(first)}${last === first ? "" : `, last on ${shownTime(last)}`}`;

/** Every event of the window and of the history before it, covered or not. */
const everIn = ({
  planned: { search, query, further: [any = query] = [] },
  compile,
}: AskedGroups<NewTermSearch>): QueryContainer => compile(withWindow(any, (any.plan.windowMs ?? 0) + search.historyMs));

/** Why a search that has to learn first does not alert yet; null when it has learned, or has not to. */
const learning = async (asked: AskedGroups<NewTermSearch>, time: string): Promise<string | null> => {
  const { search, query } = asked.planned;
  if (search.learnMs === null) return null;
  const young = asked.window((query.plan.windowMs ?? 0) + search.learnMs);
  const { old, ever } = await asked.countAll(
    { old: { bool: { filter: [everIn(asked)], must_not: [young] } }, ever: everIn(asked) },
    { aggs: { first: { min: { field: time } } } },
  );
  if ((old.get("")?.count ?? 0) > 0) return null;
  const first = ever.get("")?.measured.first ?? Number.NaN;
  const oldest = Number.isNaN(first) ? "there is no event" : `the oldest event is of ${shownTime(first)}`;
  return `still learning: ${oldest}, and has to be ${describeSpan(search.learnMs)} older than the window`;
};
