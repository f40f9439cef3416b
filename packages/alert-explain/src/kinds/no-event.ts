import type { NoEventSearch } from "@mozdef/alert";
import type { ExplainedKind } from "./explained-kind.ts";

export const NO_EVENT: ExplainedKind<NoEventSearch> = {
  grouping: () => null,
  fires: (matching) => matching === 0,
  title: () => "alerts when there is no event",
  silence: () => "there is an event",
};
