import { describe, expect, it } from "vitest";
import { StageSignal } from "./stage-signal.ts";

describe("the signal of a stage", () => {
  it("is the same whenever it is asked for, and ends with the stage", () => {
    const stage = new StageSignal();
    const { signal } = stage;
    expect([signal.aborted, stage.signal === signal]).toEqual([false, true]);
    stage.abort("late");
    expect([signal.aborted, signal.reason]).toEqual([true, "late"]);
  });

  it("has ended when it is asked for after the end, for the first reason", () => {
    const stage = new StageSignal();
    stage.abort("late");
    stage.abort("later");
    expect([stage.signal.aborted, stage.signal.reason]).toEqual([true, "late"]);
  });

  it("ends with the one around it, whether that was before or after", () => {
    const outer = new AbortController();
    const before = new StageSignal(outer.signal);
    const after = new StageSignal(outer.signal);
    const { signal } = before;
    outer.abort("stop");
    expect([signal.aborted, signal.reason, after.signal.aborted, after.signal.reason]).toEqual([
      ...[true, "stop"],
      ...[true, "stop"],
    ]);
  });
});
