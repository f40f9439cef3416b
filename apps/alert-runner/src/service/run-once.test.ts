import type { RunResult } from "@mozdef/alert-engine";
import { expect, it } from "vitest";
import { onceReport } from "./run-once.ts";

const HOSTILE = "\u001b]0;x\u0007\u009b2J\u202eok\nok    forged";

it("prints no line, title or colour of an event", () => {
  const result = {
    ...{ task: "A", health: "error", hits: 1, alerts: [{ _source: { severity: "INFO", summary: HOSTILE } }] },
    ...{ errors: [{ code: "HOOK_FAILED", message: HOSTILE }], warnings: [] },
  } as unknown as RunResult;
  expect(onceReport([result]).split("\n")).toEqual([
    "ERROR A: 1 events matched, 1 alerts",
    String.raw`        INFO \u001b]0;x\u0007\u009b2J\u202eok\u000aok    forged`,
    String.raw`        HOOK_FAILED: \u001b]0;x\u0007\u009b2J\u202eok`,
    "          ok    forged",
  ]);
});
