import { loadavg } from "node:os";

/** @param part - 0.5 is the median. */
export const percentile = (sorted: readonly number[], part: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? Number.NaN;

export const median = (values: readonly number[]): number =>
  percentile(
    values.toSorted((a, b) => a - b),
    0.5,
  );

export const seconds = (ms: number): string => `${(ms / 1_000).toFixed(2)} s`;
export const milliseconds = (ms: number): string => `${ms.toFixed(ms < 100 ? 1 : 0)} ms`;
export const mib = (bytes: number): string => `${(bytes / 1_048_576).toFixed(0)} MiB`;

/** What was measured of what it may be: below 1 is within the budget. */
export const ofBudget = (value: number, budget: number): string => {
  const ratio = value / budget;
  return `${ratio.toFixed(2)} of the budget${ratio <= 1 ? "" : "  TOO MUCH"}`;
};

/** One figure to a line. */
export const line = (name: string, text: string): void => console.log(`${name.padEnd(46)} ${text}`);

/** Others may use the machine, too: what was measured then is slower. */
export const sayLoad = (): void => line("load of the machine, last minute", (loadavg()[0] ?? 0).toFixed(1));
