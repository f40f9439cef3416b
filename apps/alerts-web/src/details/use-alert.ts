import type { Alert } from "@mozdef/alert-api";
import { useCallback } from "react";
import { getAlert } from "../api/alert-api.ts";
import { usePolled } from "../shared/use-polled.ts";

/** One alert as a whole. Loaded once, since it can be large; each change answers it anew. */
export const useAlert = (id: string) => {
  const polled = usePolled(id, (signal) => getAlert(id, signal));
  const { update } = polled;
  const replace = useCallback((alert: Alert) => update(() => alert), [update]);
  return { ...polled, replace };
};
