import type { AlertContext } from "@mozdef/alert";
import { z } from "zod";

/** Minutes for which a silence that was told is not told again; 0 tells it at every run, as MozDef always has. */
export const repeatAfterMinutes = z.int().min(0).default(0);

const INDEX = "mozdefstate";

/**
 * Whether a silence is due to be told, and remembers that it was.
 *
 * @param name - Of what is silent; unique over all deadman alerts.
 */
export const isDue = async (
  name: string,
  minutes: number,
  { now, state }: Pick<AlertContext, "now" | "state">,
): Promise<boolean> => {
  if (minutes === 0) return true;
  const id = `deadman:${name}`;
  const told = await state.get(INDEX, id);
  const toldAt = typeof told?.toldat === "string" ? Date.parse(told.toldat) : Number.NaN;
  if (now.getTime() - toldAt < minutes * 60_000) return false;
  state.put(INDEX, id, { type: "deadman", name, toldat: now.toISOString() });
  return true;
};
