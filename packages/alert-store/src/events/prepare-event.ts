import type { AlertStore } from "../alert-store.ts";
import { checkShape, TOO_DEEP } from "./check-shape.ts";
import { withDefaults } from "./default-fields.ts";
import { idFromSender, isEventId, newEventId } from "./event-id.ts";
import { readEvent } from "./read-event.ts";
import { readTimes } from "./read-times.ts";
import { renameMarks } from "./rename-marks.ts";
import type { SavedEvent, SaveEventsOptions } from "./saved-event.ts";
import { withShortValues } from "./short-values.ts";
import { type Divided, withoutPaths } from "./unmapped.ts";

/** An event on its way into the store. */
export interface PendingEvent extends Divided {
  /** Among the events given. */
  readonly position: number;
  readonly id: string;
  /** Of its values and their names, about. */
  readonly characters: number;
  /** How much of it is tried: all but single parts, what its index knows, or MozDef's base fields alone. */
  readonly stage: "whole" | "known" | "base";
}

/** An event with its defaults and its id, or why it is refused. */
export const prepareEvent = (
  { hostname, texts }: AlertStore,
  value: unknown,
  position: number,
  { now, keepMarks = false, ids, nextId }: SaveEventsOptions,
): PendingEvent | (SavedEvent & { readonly ok: false }) => {
  const read = readEvent(value);
  if (!read.ok) return { ok: false, status: 400, reason: read.reason };
  const { isTooDeep, unfit, long, characters } = checkShape(read.event);
  if (isTooDeep) return { ok: false, status: 400, reason: TOO_DEEP };
  const own = ids?.[position];
  const fit = withoutPaths(keepMarks ? read.event : renameMarks(read.event), unfit);
  const divided = withShortValues(fit, long, texts);
  return {
    event: withDefaults(readTimes(divided.event, now), { now, hostname }),
    taken: divided.taken,
    position,
    id: isEventId(own) ? own : (idFromSender(read.event) ?? nextId?.() ?? newEventId(now)),
    characters,
    stage: "whole",
  };
};
