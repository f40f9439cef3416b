import { type AlertStore, reasonOf } from "@mozdef/alert-store";
import type { RefusedEvents } from "./refused-events.ts";

/** Saves events and says which of them the store has refused. */
export const save = async ({ client }: AlertStore, operations: readonly object[]): Promise<RefusedEvents> => {
  const { errors, items } = await client.bulk({ refresh: true, operations: [...operations] });
  const wrong = errors ? items.flatMap(({ index }) => index?.error ?? []) : [];
  return { count: wrong.length, reason: wrong.length === 0 ? null : reasonOf(wrong[0]) };
};
