import { kindOf, type PlannedSearch, type Subject } from "@mozdef/alert/runtime";
import { type AlertStore, find } from "@mozdef/alert-store";
import type { Scope } from "../scope.ts";

/** What a search calls its hook with: found and decided by the code that runs the alerts. */
export const firingIn = async (
  store: AlertStore,
  planned: PlannedSearch,
  { now, keysOf }: Pick<Scope, "keysOf"> & { readonly now: Date },
): Promise<readonly Subject[]> => {
  const [outcome] = await find(store, [planned], { now, ...(keysOf !== undefined && { keysOf }) });
  if (outcome === undefined) return [];
  if (outcome instanceof Error) throw outcome;
  return [
    ...kindOf(planned.search).subjects(planned, outcome.result, { now, isFresh: () => true, wasFresh: () => true }),
  ];
};
