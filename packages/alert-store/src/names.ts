/** Index names as alerts know them (logical) and as the store has them (physical, with the prefix of this installation). */
export interface Names {
  readonly prefix: string;
  readonly physical: (name: string) => string;
  readonly logical: (name: string) => string;
}

/** Names below a prefix; several installations, or tests, can share a cluster that way. Default: no prefix. */
export const namesWith = (prefix = ""): Names => ({
  prefix,
  physical: (name) => (name.startsWith("-") ? `-${prefix}${name.slice(1)}` : `${prefix}${name}`),
  logical: (name) => (name.startsWith(prefix) ? name.slice(prefix.length) : name),
});

const DAY_MS = 86_400_000;

const digits = (date: Date, length: number): string => date.toISOString().slice(0, length).replaceAll("-", "");

/** `events-YYYYMMDD` of a day in UTC. @param daysAgo - Default 0. */
export const eventIndex = (now: Date, daysAgo = 0): string =>
  `events-${digits(new Date(now.getTime() - daysAgo * DAY_MS), 10)}`;

/** `alerts-YYYYMM` of a month in UTC. */
export const alertIndex = (now: Date): string => `alerts-${digits(now, 7)}`;

/** `runs-YYYYMMDD`, the record of what ran on a day in UTC. */
export const runIndex = (now: Date): string => `runs-${digits(now, 10)}`;

/** Where the service keeps its own small documents. */
export const STATE_INDEX = "mozdefstate";

/** `deliveries-YYYYMMDD`: alerts of a day on their way to the actions; see `commit/`. */
export const deliveryIndex = (alertTime: Date): string => `deliveries-${digits(alertTime, 10)}`;

/** All of them. */
export const DELIVERIES = "deliveries-*";

/** Whether the service keeps documents of its own under a name, or under names that begin with it. */
export const isServiceIndex = (name: string): boolean =>
  name === STATE_INDEX || /^(?:events|alerts|runs|deliveries)(?:-|$)/.test(name);
