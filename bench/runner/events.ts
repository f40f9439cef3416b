// The events of `bench runner`: the same for the same number, each about 600 bytes.

/** Events that an M:1 alert needs. They are posted together. */
export const BURST = 10;

/** The category that an alert looks for: alerts of an even number are 1:1, the others M:1. */
export const categoryOf = (alert: number): string => `watched${alert}`;

/** A multiple of this stands in place of a random number: what comes is spread, and the same each time. */
const SPREAD = 7_919;

const FILLER = "x".repeat(250);

const eventOf = (category: string, summary: string, number: number): object => ({
  category,
  hostname: `host${number % 100}`,
  summary,
  details: {
    sourceipaddress: `10.${(number >> 16) & 255}.${(number >> 8) & 255}.${number & 255}`,
    note: FILLER,
  },
});

const noise = (number: number): object =>
  eventOf(`category${number % 500}`, `connection ${number} opened`, number % 65_536);

/** What makes an alert. Its alert repeats the summary, which says when it was posted: see `AlertTimes`. */
const alerting = (number: number, alerts: number, postedAt: number): readonly object[] => {
  const isBurst = number % 6 === 5;
  const pair = (number * SPREAD) % Math.max(1, Math.floor(alerts / 2));
  const event = eventOf(
    categoryOf(2 * pair + (isBurst ? 1 : 0)),
    `failed login ${number} posted ${postedAt}`,
    // Each burst comes from an address of its own, or it would be part of the alert before.
    65_536 + number,
  );
  return Array.from({ length: isBurst ? BURST : 1 }, () => event);
};

export interface Slice {
  readonly events: readonly object[];
  /** How many alerts they have to make. */
  readonly alerts: number;
}

export interface SliceOptions {
  /** Of this slice, from 0. */
  readonly number: number;
  /** Of the slice, without those that alert. */
  readonly size: number;
  /** Numbers of the things to alert of that begin with this slice and before the next. */
  readonly alerting: readonly [from: number, to: number];
  /** How many alerts run. */
  readonly alerts: number;
  readonly postedAt: number;
}

/** Events that are posted together. */
export const sliceOf = ({ number, size, alerting: [from, to], alerts, postedAt }: SliceOptions): Slice => {
  const loud = Array.from({ length: to - from }, (_, index) => alerting(from + index, alerts, postedAt)).flat();
  const quiet = Array.from({ length: Math.max(0, size - loud.length) }, (_, index) => noise(number * size + index));
  return { events: [...quiet, ...loud], alerts: to - from };
};
