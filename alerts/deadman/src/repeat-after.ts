import type { AlertContext } from "@mozdef/alert";
import { z } from "zod";

/** Minutes during which a reported silence is not reported again; 0 reports it at every run, as MozDef does. */
export const repeatAfterMinutes = z.int().min(0).default(0);

const INDEX = "deadman";

/**
 * Whether to report a silence now; remembers that it was reported.
 *
 * @param name - The name of what is silent; unique among all deadman alerts.
 */
export const isDue = async (
  name: string,
  minutes: number,
  { now, state }: Pick<AlertContext, "now" | "state">,
): Promise<boolean> => {
  if (minutes === 0) return true;
  const id = name;
  const told = await state.get(INDEX, id);
  const toldAt = typeof told?.toldat === "string" ? Date.parse(told.toldat) : Number.NaN;
  if (now.getTime() - toldAt < minutes * 60_000) return false;
  state.put(INDEX, id, { name, toldat: now.toISOString() });
  return true;
};
