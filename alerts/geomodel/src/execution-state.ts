import { isoUtc, type AlertState } from "@mozdef/alert";
import { fieldNamed, SearchQuery, TermMatch } from "@mozdef/query";

const INDEX = "localities";
const TYPE = "execution_state";

/**
 * Where this run starts: at the time of the previous run, so that no event is missed or seen twice; `firstStart` when there
 * was none. Remembers this run, in the same commit as its alerts.
 *
 * A run that is done again for the same slot starts where it did the first time.
 */
export const startOfRun = async (state: AlertState, now: Date, firstStart: Date): Promise<Date> => {
  const [stored] = await state.find(INDEX, SearchQuery().must(TermMatch(fieldNamed("type_"), TYPE)), { size: 1 });
  const last = timeOf(stored?._source.execution_time);
  const isSameSlot = last?.getTime() === now.getTime();
  const start = (isSameSlot ? timeOf(stored?._source.started_at) : last) ?? firstStart;
  const bounded = start > now ? firstStart : start;
  state.put(INDEX, stored?._id ?? TYPE, {
    type_: TYPE,
    execution_time: isoUtc(now),
    started_at: isoUtc(bounded),
  });
  return bounded;
};

const timeOf = (value: unknown): Date | undefined => {
  const ms = typeof value === "string" || typeof value === "number" ? new Date(value).getTime() : Number.NaN;
  return Number.isNaN(ms) ? undefined : new Date(ms);
};
