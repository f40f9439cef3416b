/**
 * Freezes a document read from the store. Hooks share events with the alert and with one another, so one that changes
 * them would change what is stored; this way it fails at its own line instead.
 */
export const deepFreeze = <T>(value: T): T => {
  if (typeof value !== "object" || value === null || Object.isFrozen(value)) return value;
  for (const inner of Object.values(value)) deepFreeze(inner);
  return Object.freeze(value);
};
