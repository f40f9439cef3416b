import { useState } from "react";
import { toggled } from "./filters.ts";

/** Alerts that were chosen to be changed together: those of them that are shown. */
export const useChoice = (shown: readonly string[]) => {
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const ids = chosen.filter((id) => shown.includes(id));
  return {
    ids,
    toggle: (id: string) => setChosen(toggled(ids, id)),
    toggleAll: () => setChosen(ids.length === shown.length ? [] : shown),
    clear: () => setChosen([]),
  };
};
