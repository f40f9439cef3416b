import type { StatusLine } from "./status-line.ts";

/** How far something is, on the status line. */
export interface ProgressBar {
  /** @param share - From 0 to 1. */
  readonly show: (share: number, detail: string) => void;
  readonly end: () => void;
}

/** More frequent updates would not be seen. */
const LEAST_MS = 50;

/** @param clock - Milliseconds from any start. */
export const progressBar = (
  status: StatusLine,
  title: string,
  clock: () => number = () => performance.now(),
): ProgressBar => {
  let drawn = Number.NEGATIVE_INFINITY;
  return {
    show: (share, detail) => {
      if (clock() - drawn < LEAST_MS) return;
      drawn = clock();
      status.show((columns) => barText({ title, share, detail }, columns));
    },
    end: () => status.clear(),
  };
};

/** What is dropped first where there is little room: the detail, then part of the bar, the title, the bar. */
export const barText = (
  { title, share, detail }: { readonly title: string; readonly share: number; readonly detail: string },
  columns: number,
): string => {
  const done = Math.min(1, Math.max(0, share));
  const percent = `${Math.floor(done * 100)} %`;
  const texts = [
    `${title} ${bar(done, 30)} ${percent} ${detail}`,
    `${title} ${bar(done, 30)} ${percent}`,
    `${title} ${bar(done, 10)} ${percent}`,
    `${bar(done, 10)} ${percent}`,
    percent,
  ];
  // The last column stays free: some terminals wrap as soon as it is written.
  return texts.find((text) => text.length < columns) ?? "";
};

const bar = (share: number, width: number): string => `[${"#".repeat(Math.round(share * width)).padEnd(width)}]`;
