import type { ServiceStatus } from "@mozdef/alert-api";
import type { TargetState } from "@mozdef/alert-engine";
import { type AlertStore, countDispatches, type DispatchCounts } from "@mozdef/alert-store";

const NONE = { pending: 0, done: 0, dead: 0, muted: 0 };

/** What is on its way to each target, those of the configuration first; null when the store does not say. */
export const deliveryStatus = async (
  store: AlertStore,
  targets: readonly TargetState[],
): Promise<ServiceStatus["deliveries"]> => {
  const counts = await countsOf(store);
  if (counts === null) return null;
  const configured = targets.map((state) => ({ ...state, configured: true, ...(counts.get(state.target) ?? NONE) }));
  const known = new Set(targets.map(({ target }) => target));
  const others = [...counts]
    .filter(([target]) => !known.has(target))
    .map(([target, count]) => ({ target, configured: false, failures: 0, error: null, ...count }));
  return [...configured, ...others];
};

/** That the store is away is said elsewhere. */
const countsOf = async (store: AlertStore): Promise<DispatchCounts | null> => {
  try {
    return await countDispatches(store);
  } catch {
    return null;
  }
};
