import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { LogBudget, shortFields } from "./log-budget.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

it("takes so many lines of alerts in ten seconds, cut, and says once that there were more", () => {
  const lines: string[] = [];
  const say = (text: string): void => void lines.push(text);
  const budget = new LogBudget({ debug: say, info: say, warn: say, error: say });
  for (let line = 0; line < 2_000; line += 1) budget.say("info", "x".repeat(20_000), undefined);
  expect(lines).toHaveLength(501);
  expect(lines[0]).toBe(`${"x".repeat(10_000)}... (20000 characters)`);
  expect(lines.at(-1)).toBe("alerts have written 500 lines within 10 s: what follows is left out");
  vi.advanceTimersByTime(10_001);
  budget.say("info", "later", undefined);
  expect(lines.at(-1)).toBe("later");
});

it("leaves short fields as they are", () => {
  expect(shortFields({ host: "a" })).toEqual({ host: "a" });
  expect(shortFields(undefined)).toBeUndefined();
  expect(JSON.stringify(shortFields({ text: "x".repeat(1_000_000) })).length).toBeLessThan(11_000);
});
