import type { EachEventSearch } from "@mozdef/alert";
import { type ExplainedKind, withoutEvents } from "./explained-kind.ts";

export const EACH_EVENT: ExplainedKind<EachEventSearch> = {
  grouping: () => null,
  fires: (matching) => matching > 0,
  title: () => "each event",
  silence: (search) => withoutEvents(search) ?? "",
};
