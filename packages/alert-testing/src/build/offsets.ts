import { preview } from "@mozdef/query/tools";
import { TestingError } from "../testing-error.ts";

const UNIT_MS: Readonly<Record<string, number>> = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 };
const OFFSET = /^-?(?:\d{1,9}(?:ms|s|m|h|d))+$/;
const PART = /(\d+)(ms|s|m|h|d)/g;

/**
 * A span of time in words, in milliseconds: `"0s"`, `"90s"`, `"1h30m"`, `"-2m"`.
 *
 * @throws {TestingError} `TEST_TIME_INVALID`.
 */
export const offsetMs = (text: string): number => {
  if (typeof text !== "string" || !OFFSET.test(text))
    throw new TestingError(
      "TEST_TIME_INVALID",
      `Expected a span of time such as "0s", "90s", "1h30m" or "-2m" (units ms, s, m, h, d). Received: ${preview(text)}.`,
    );
  let sum = 0;
  for (const [, amount = "", unit = ""] of text.matchAll(PART)) sum += Number(amount) * (UNIT_MS[unit] ?? 0);
  return text.startsWith("-") ? -sum : sum;
};

/** A span of time as {@link offsetMs} reads it, in the largest units: `"1h30m"`. */
export const offsetText = (ms: number): string => {
  let rest = Math.abs(ms);
  const parts = Object.entries(UNIT_MS)
    .reverse()
    .map(([unit, size]) => {
      const amount = Math.floor(rest / size);
      rest -= amount * size;
      return amount === 0 ? "" : `${amount}${unit}`;
    });
  return `${ms < 0 ? "-" : ""}${parts.join("")}` || "0s";
};
