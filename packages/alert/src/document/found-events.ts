import type { Hit } from "./event.ts";

/** Events that were looked up, and whether these are all that match. */
export interface FoundEvents extends ReadonlyArray<Hit> {
  /** How many events match. */
  readonly total: number;
  /** False when there are more than were asked for. */
  readonly isComplete: boolean;
}

/**
 * Events with what is known of their number.
 *
 * @param onAsked - Called when somebody asks for that.
 */
export const foundEvents = (hits: readonly Hit[], total: number, onAsked = (): void => undefined): FoundEvents => {
  const ask = <T>(value: T) => ({
    get: (): T => {
      onAsked();
      return value;
    },
  });
  // Not enumerable: comparing or printing the events is not asking.
  const found: Hit[] = Object.defineProperties([...hits], {
    total: ask(total),
    isComplete: ask(total <= hits.length),
  });
  TOTALS.set(found, total);
  return found as readonly Hit[] as FoundEvents;
};

const TOTALS = new WeakMap<readonly Hit[], number>();

/** A copy that knows as much, made without asking. */
export const copyOfFound = (found: FoundEvents): FoundEvents =>
  foundEvents(structuredClone([...found]), TOTALS.get(found) ?? found.length);
