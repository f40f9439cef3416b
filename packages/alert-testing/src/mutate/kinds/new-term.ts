import type { NewTermSearch } from "@mozdef/alert";
import { describeSpan } from "@mozdef/alert-explain";
import { mutantsIn, type OptionChange } from "../mutant/in-kind.ts";
import type { SearchPlace } from "../mutant/mutant.ts";
import { narrowed, SECOND, widened } from "../mutant/spans.ts";
import type { KindMutants } from "./kind-mutants.ts";
import { fieldChanges, samplesChanges } from "./shared.ts";

type Change = OptionChange<"newTerm">;

/** Other fields, a shorter and a longer history, less and more to learn from, samples back to their default. */
export const newTermMutants: KindMutants<NewTermSearch> = (at, search) =>
  mutantsIn(at, "newTerm", [
    ...fieldChanges(search, "look for new values"),
    ...historyChanges(at, search),
    ...(search.learnMs === null ? [] : learnChanges(at, search.learnMs)),
    ...samplesChanges<NewTermSearch>(search),
  ]);

const windowOf = ({ query }: NewTermSearch): number => query.plan.windowMs ?? 0;

/** Across the nearest event of the suite, as windows are moved. */
const historyChanges = ({ ages }: SearchPlace, { historyMs, learnMs }: NewTermSearch): readonly Change[] => {
  const span = describeSpan(historyMs);
  return [
    {
      key: "history shorter",
      description: `history shorter than ${span}`,
      suggestion: `No silent case depends on a value that was seen almost ${span} before the window. Add one to "silent" in which it was, and comes again${learnMs === null ? "" : ", with a younger event to learn from"}.`,
      change: (search) => {
        const end = narrowed(windowOf(search) + search.historyMs, ages.silent);
        const history = (end ?? 0) - windowOf(search);
        return withHistory(search, history > 0 ? history : search.historyMs / 2);
      },
    },
    {
      key: "history longer",
      description: `history longer than ${span}`,
      suggestion: `No firing case depends on a value that was seen more than ${span} before the window. Add one to "fires" in which it was seen just before that, and comes again.`,
      change: (search) =>
        withHistory(search, widened(windowOf(search) + search.historyMs, ages.fires) - windowOf(search)),
    },
  ];
};

/** What has to be learned stays shorter than the history. */
const withHistory = (search: NewTermSearch, historyMs: number): NewTermSearch => {
  const { learnMs } = search;
  const learn = learnMs === null || learnMs < historyMs ? learnMs : historyMs / 2;
  return { ...search, historyMs, learnMs: learn };
};

const learnChanges = ({ ages }: SearchPlace, learnMs: number): readonly Change[] => {
  const span = describeSpan(learnMs);
  return [
    {
      key: "learn",
      description: `drop learn ${span}`,
      suggestion: `No silent case has a new value while there is still too little to learn from. Add one to "silent" with a new value and no event older than ${span} before the window.`,
      change: (search) => (search.learnMs === null ? null : { ...search, learnMs: null }),
    },
    {
      key: "learn shorter",
      description: `learn shorter than ${span}`,
      suggestion: `No silent case depends on an oldest event that is almost ${span} older than the window. Add one to "silent" with such an event and a new value.`,
      change: (search) => {
        if (search.learnMs === null) return null;
        const start = windowOf(search);
        const inside = ages.silent.filter((age) => age > start + SECOND && age <= start + learnMs);
        return { ...search, learnMs: inside.length === 0 ? search.learnMs / 2 : Math.max(...inside) - start - SECOND };
      },
    },
    {
      key: "learn longer",
      description: `learn longer than ${span}`,
      suggestion: `No firing case depends on an oldest event that is just ${span} older than the window. Add one to "fires" with such an event, none older, and a new value.`,
      change: (search) => {
        if (search.learnMs === null) return null;
        const start = windowOf(search);
        const older = ages.fires.filter((age) => age > start + learnMs && age < start + search.historyMs);
        const nearest = older.length === 0 ? null : Math.min(...older) - start + SECOND;
        return { ...search, learnMs: Math.min(nearest ?? Infinity, (search.learnMs + search.historyMs) / 2) };
      },
    },
  ];
};
