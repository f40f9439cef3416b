import type { EachEventSearch } from "@mozdef/alert";
import type { ExplainedKind } from "./explained-kind.ts";
import { COVERED } from "./wording.ts";

export const EACH_EVENT: ExplainedKind<EachEventSearch> = {
  looksFor: () => "each event",
  hasGroups: () => false,
  near: () => Promise.resolve({ groups: [] }),
  silence: () => COVERED,
};
