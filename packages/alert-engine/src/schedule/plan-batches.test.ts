import { AlertTask, eachEvent, interval } from "@mozdef/alert";
import { createTask } from "@mozdef/alert/runtime";
import { SearchQuery, TermMatch } from "@mozdef/query";
import { describe, expect, it } from "vitest";
import { type ScheduledAlert, scheduleAlert, postpone } from "./scheduled-alert.ts";
import { dueStates, lanesOf, planBatches } from "./plan-batches.ts";

class AlertA extends AlertTask {
  main() {
    return eachEvent(SearchQuery({ minutes: 1 }).must(TermMatch("category", "a")));
  }
}

const at = (time: string) => new Date(`2026-01-01T${time}Z`);
const state = (name: string, seconds: number, lastSlot = "00:00:00"): ScheduledAlert =>
  scheduleAlert(
    {
      name,
      source: "test",
      task: createTask(AlertA),
      schedule: interval({ seconds }),
      enabled: true,
      replacedBy: null,
      exceptions: [],
      eventSource: null,
      indices: [],
      about: null,
      config: [],
      configured: { schedule: false, enabled: false },
    },
    {},
    at(lastSlot),
  );
const bounds = { catchUpMs: 3_600_000 };

describe("dueStates", () => {
  const due = state("due", 60);

  it("has those whose slot has come", () => {
    expect(dueStates([due, state("later", 120)], at("00:01:00"))).toEqual([due]);
  });

  it("leaves out what is running, disabled or waiting for the store", () => {
    const running = { ...state("running", 60), busy: true };
    const disabled = { ...state("disabled", 60), setting: { enabled: false } };
    const waiting = state("waiting", 60);
    postpone(waiting, at("00:01:00"));
    expect(dueStates([running, disabled, waiting], at("00:01:01.999"))).toEqual([]);
    expect(dueStates([waiting], at("00:01:02"))).toEqual([waiting]);
  });
});

describe("postpone", () => {
  it("waits longer each time, a minute at most", () => {
    const failing = state("failing", 60);
    const waits = Array.from({ length: 8 }, () => {
      postpone(failing, at("00:01:00"));
      return ((failing.retryAt?.getTime() ?? 0) - at("00:01:00").getTime()) / 1_000;
    });
    expect(waits).toEqual([2, 4, 8, 16, 32, 60, 60, 60]);
  });
});

describe("lanesOf", () => {
  const [a, b] = [state("a", 60), state("b", 60)];
  const slow = { ...state("slow", 60), slow: true };

  it("runs alerts together, slow ones by themselves", () => expect(lanesOf([a, slow, b])).toEqual([[a, b], [slow]]));
  it("has no lane for nothing", () => expect(lanesOf([])).toEqual([]));
});

describe("planBatches", () => {
  it("joins alerts of the same slot, oldest slot first", () => {
    const [fast, slow] = [state("fast", 60), state("slow", 120)];
    const { batches, gaps } = planBatches([slow, fast], at("00:03:00"), bounds);
    expect(batches.map(({ slot, states }) => [slot, states.map(({ alert }) => alert.name)])).toEqual([
      [at("00:01:00"), ["fast"]],
      [at("00:02:00"), ["slow", "fast"]],
      [at("00:03:00"), ["fast"]],
    ]);
    expect(gaps).toEqual([]);
  });

  it("says which alert has a gap", () => {
    const [old, fresh] = [state("old", 60), state("fresh", 60, "00:09:00")];
    const { gaps } = planBatches([old, fresh], at("00:10:00"), { catchUpMs: 60_000 });
    expect(gaps).toEqual([{ state: old, gap: { from: at("00:00:00"), to: at("00:09:59.999") } }]);
  });
});
