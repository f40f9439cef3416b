import type { NoEventSearch } from "@mozdef/alert";
import { describeSpan } from "@mozdef/alert-explain";
import { mutantsIn, type OptionChange } from "../mutant/in-kind.ts";
import type { SearchPlace } from "../mutant/mutant.ts";
import { narrowed, widened } from "../mutant/spans.ts";
import type { KindMutants } from "./kind-mutants.ts";
import { fieldChanges } from "./shared.ts";

type Change = OptionChange<"noEvent">;

/** One alert for all instead of each value, other fields, values that were seen longer ago or more lately. */
export const noEventMutants: KindMutants<NoEventSearch> = (at, search) =>
  search.seenMs === null
    ? []
    : mutantsIn(at, "noEvent", [
        dropped(search),
        ...fieldChanges(search, "look after each"),
        ...seenChanges(at, search.seenMs),
      ]);

const dropped = ({ fields }: NoEventSearch): Change => ({
  key: "each",
  description: `drop each ${fields.join(", ")}`,
  suggestion: `No case can tell the silence of one ${fields.join(", ")} from that of all. Add one to "fires" in which one is silent and another is not.`,
  change: (search) => ({ ...search, fields: [], seenMs: null }),
});

/** Across the nearest event of the suite, as windows are moved. */
const seenChanges = ({ ages }: SearchPlace, seenMs: number): readonly Change[] => {
  const span = describeSpan(seenMs);
  return [
    {
      key: "seen shorter",
      description: `seenWithin shorter than ${span}`,
      suggestion: `No firing case depends on a value that was last seen almost ${span} ago. Add one to "fires".`,
      change: (search) => {
        const shorter = narrowed(seenMs, ages.fires);
        return search.seenMs === null || shorter === null ? null : { ...search, seenMs: shorter };
      },
    },
    {
      key: "seen longer",
      description: `seenWithin longer than ${span}`,
      suggestion: `No silent case depends on a value that was last seen more than ${span} ago. Add one to "silent".`,
      change: (search) => (search.seenMs === null ? null : { ...search, seenMs: widened(seenMs, ages.silent) }),
    },
  ];
};
