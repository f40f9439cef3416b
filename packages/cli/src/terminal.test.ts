import { styleText } from "node:util";
import { expect, it } from "vitest";
import { printBacktest } from "./backtest/print-backtest.ts";
import { screenText } from "./terminal.ts";

const HOSTILE = "\u001b]0;x\u0007\u009b2J\u202e\u001b[8mok\nWARNING forged";

it("shows what an event holds, and the colours of the commands", () => {
  const red = styleText("red", "FAIL", { validateStream: false });
  expect(screenText(`${red} ${HOSTILE}`)).toBe(
    "\u001b[31mFAIL\u001b[39m \\u001b]0;x\\u0007\\u009b2J\\u202e\\u001b[8mok\nWARNING forged",
  );
});

it("lets no event make lines of its own in a backtest", () => {
  const alert = { slot: "2026-01-01T00:00:00Z", name: "A", group: HOSTILE, content: { summary: HOSTILE } };
  const text = printBacktest({
    ...{ pack: "p", names: ["A"], disabled: [], from: null, to: null, events: 1, ms: 1, slots: 1 },
    ...{ refused: { count: 0, reason: null }, alerts: [{ ...alert, key: "k", severity: "INFO" }] },
    errors: [{ name: "A", slot: alert.slot, message: HOSTILE }],
    comparison: { against: "main", added: [{ ...alert, key: "k", severity: "INFO" }], removed: [], changed: [] },
  } as unknown as Parameters<typeof printBacktest>[0]);
  expect(text.replaceAll("\n", "")).not.toMatch(/[\p{Cc}\p{Cf}]/u);
  expect(text.split("\n").filter((line) => line.startsWith("WARNING"))).toEqual([]);
});
