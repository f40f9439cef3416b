/** Index names as alerts know them (logical) and as the store has them (physical, with the prefix of this installation). */
export interface Names {
  readonly prefix: string;
  readonly physical: (name: string) => string;
  readonly logical: (name: string) => string;
}

/**
 * Names below a prefix: several installations can share a cluster that way. Only the service's own indices and those of packs
 * have it; whatever else an alert names, such as `logs-*`, is meant as it stands.
 *
 * @param prefix - Default: none.
 * @param packIndices - Names of the indices that packs keep; names that go on after a hyphen belong to them, too.
 */
export const namesWith = (prefix = "", packIndices: readonly string[] = []): Names => {
  const isOwn = (name: string): boolean =>
    isServiceIndex(name) || packIndices.some((own) => name === own || name.startsWith(`${own}-`));
  const prefixed = (name: string): string => (isOwn(name) ? `${prefix}${name}` : name);
  return {
    prefix,
    physical: (name) => (name.startsWith("-") ? `-${prefixed(name.slice(1))}` : prefixed(name)),
    logical: (name) => (name.startsWith(prefix) && isOwn(name.slice(prefix.length)) ? name.slice(prefix.length) : name),
  };
};

const DAY_MS = 86_400_000;

/** The aliases of events that name one day: how many days before the slot. */
const ALIASES: ReadonlyMap<string, number> = new Map([
  ["events", 0],
  ["events-previous", 1],
]);

/**
 * Names as they were on the day of a slot that is past: the aliases of events are those of today. `events-weekly` has the days before it
 * anyway. A day that is not kept any more is left out, as aliases leave it out.
 */
export const namesOn = (names: Names, slot: Date): Names => ({
  ...names,
  physical: (name) => {
    const daysAgo = ALIASES.get(name);
    // A pattern, so that a day without an index is no error.
    return daysAgo === undefined ? names.physical(name) : `${names.physical(eventIndex(slot, daysAgo))}*`;
  },
});

/** `YYYYMMDD`, or only the first six. An alert has its index asked for several times, so no expression is searched for. */
const digits = (date: Date, length: 6 | 8): string => {
  const iso = date.toISOString();
  return `${iso.slice(0, 4)}${iso.slice(5, 7)}${iso.slice(8, 2 + length)}`;
};

/** `events-YYYYMMDD` of a day in UTC. @param daysAgo - Default 0. */
export const eventIndex = (now: Date, daysAgo = 0): string =>
  `events-${digits(new Date(now.getTime() - daysAgo * DAY_MS), 8)}`;

/** `alerts-YYYYMM` of a month in UTC. */
export const alertIndex = (now: Date): string => `alerts-${digits(now, 6)}`;

/** `slots-YYYYMMDD`: what was decided for the slots of a day in UTC; see `ledger/`. */
export const slotIndex = (slot: Date): string => `slots-${digits(slot, 8)}`;

/** All of them. */
export const SLOTS = "slots-*";

/** `coverage-YYYYMM`: which events an alert has covered, by the month of the alert in UTC. */
export const coverageIndex = (now: Date): string => `coverage-${digits(now, 6)}`;

/** All of them. */
export const COVERAGE = "coverage-*";

/** Where the service keeps its own small documents. */
export const STATE_INDEX = "mozdefstate";

/** `deliveries-YYYYMMDD`: alerts of a day on their way to their targets; see `dispatch/`. */
export const deliveryIndex = (alertTime: Date): string => `deliveries-${digits(alertTime, 8)}`;

/** All of them. */
export const DELIVERIES = "deliveries-*";

/** `mozdefaudit-YYYYMMDD`: what was changed on a day in UTC, and by whom; see `audit/`. */
export const auditIndex = (at: Date): string => `mozdefaudit-${digits(at, 8)}`;

/** All of them. */
export const AUDIT = "mozdefaudit-*";

/** Whether the service keeps documents of its own under a name, or under names that begin with it. */
export const isServiceIndex = (name: string): boolean =>
  name === STATE_INDEX || /^(?:events|alerts|slots|deliveries|coverage|mozdefaudit)(?:[-*]|$)/.test(name);
