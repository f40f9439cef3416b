import { describe, expect, it, vi } from "vitest";
import type { ReplayedAlert } from "../backtest/replayed-alert.ts";
import type { ReplayResult } from "../backtest/run-job.ts";
import { startDevLoop } from "./dev-loop.ts";
import type { TestsSummary } from "./tests-summary.ts";

const alert = (id: string, summary = `alert ${id}`): ReplayedAlert => ({
  ...{ name: "AlertDoor", slot: "2026-01-01T10:00:00.000Z", id, group: id, content: { summary } },
});

const replayed = (...alerts: readonly ReplayedAlert[]): ReplayResult => ({
  ...{ alerts, slots: 24, errors: [], refused: { count: 0, reason: null }, events: 7 },
  ...{ from: "2026-01-01T00:00:00.000Z", to: "2026-01-02T00:00:00.000Z" },
});

const PASSED: TestsSummary = { passed: 5, failed: [], ms: 400 };

/** A loop whose edits, tests and replays are those of the test; times are left out of what it prints. */
const looping = (first: ReplayResult | null = replayed()) => {
  const printed: string[] = [];
  let tell: (files: readonly string[]) => void = () => undefined;
  const test = vi.fn<(changed: readonly string[]) => Promise<TestsSummary>>(() => Promise.resolve(PASSED));
  const replay = vi.fn<(signal: AbortSignal) => Promise<ReplayResult>>();
  if (first !== null) replay.mockResolvedValueOnce(first);
  const close = vi.fn();
  const loop = startDevLoop({
    ...{ folder: "/pack/src", root: "/pack", test, replay: first === null ? null : replay },
    watch: (_folder, onChange) => {
      tell = onChange;
      return { close };
    },
    now: () => new Date("2026-01-02T09:15:02Z"),
    terminal: { out: (text) => void printed.push(text.replaceAll(/\(\d+\.\d s\)/g, "(TIME)")) },
  });
  const edit = async (...files: readonly string[]) => {
    tell(files.map((file) => `/pack/src/${file}`));
    await loop.settled();
  };
  return { printed, test, replay, loop, edit, tell: (file: string) => tell([`/pack/src/${file}`]), close };
};

describe("the loop of who writes an alert", () => {
  it("tests and replays at the start", async () => {
    const { printed, loop } = looping(replayed(alert("a", "vault\u202eopened")));
    await loop.settled();
    expect(printed).toEqual([
      [
        "09:15:02 at the start",
        "  tests   5 passed (TIME)",
        "  replay  2026-01-01 00:00 to 2026-01-02 00:00: 7 events looked at, 1 alert (TIME)",
        String.raw`    2026-01-01 10:00 AlertDoor "vault\u202eopened"`,
      ].join("\n"),
    ]);
  });

  it("says after an edit what has come, gone and changed", async () => {
    const { printed, loop, edit, replay, test } = looping(replayed(alert("a"), alert("b")));
    await loop.settled();
    replay.mockResolvedValueOnce(replayed(alert("b", "other words"), alert("c")));
    await edit("alert-door/alert-door.ts");
    expect(test).toHaveBeenLastCalledWith(["/pack/src/alert-door/alert-door.ts"]);
    expect(printed.at(-1)).toBe(
      [
        "09:15:02 src/alert-door/alert-door.ts",
        "  tests   5 passed (TIME)",
        "  replay  2026-01-01 00:00 to 2026-01-02 00:00: 7 events looked at, 2 alerts; since the edit before 1 added, 1 removed, 1 changed (TIME)",
        '    + 2026-01-01 10:00 AlertDoor "alert c"',
        '    - 2026-01-01 10:00 AlertDoor "alert a"',
        '    ~ 2026-01-01 10:00 AlertDoor "other words"',
      ].join("\n"),
    );
    replay.mockResolvedValueOnce(replayed(alert("b", "other words"), alert("c")));
    await edit("alert-door/alert-door.ts");
    expect(printed.at(-1)).toContain("2 alerts, as before");
  });

  it("goes on with what fails, and compares with the last that did not", async () => {
    const { printed, loop, edit, replay, test } = looping(replayed(alert("a")));
    await loop.settled();
    replay.mockRejectedValueOnce(new Error("Cannot load the pack: Expression expected, at x/src/a.ts:3"));
    test.mockResolvedValueOnce({
      ...{ passed: 1, ms: 10 },
      failed: [{ name: "AlertDoor > fires", message: "expected 1\nreceived 2", place: "src/a.test.ts:7:3" }],
    });
    await edit("a.ts");
    expect(printed.at(-1)?.split("\n").slice(1)).toEqual([
      "  tests   1 failure, 1 passed (TIME)",
      "    FAILED AlertDoor > fires",
      "      expected 1",
      "      received 2",
      "      at src/a.test.ts:7:3",
      "  replay  not possible: Cannot load the pack: Expression expected, at x/src/a.ts:3",
    ]);
    test.mockRejectedValueOnce(new Error("no vitest"));
    replay.mockResolvedValueOnce(replayed());
    await edit("a.ts");
    expect(printed.at(-1)).toContain("tests   cannot be run: no vitest");
    expect(printed.at(-1)).toContain("0 added, 1 removed, 0 changed");
  });

  it("ends a replay that an edit has made old, and takes edits that come meanwhile together", async () => {
    const { printed, loop, replay, test, tell } = looping(replayed());
    await loop.settled();
    let finish: (result: ReplayResult) => void = () => undefined;
    const signals: AbortSignal[] = [];
    replay.mockImplementationOnce((signal) => {
      signals.push(signal);
      return new Promise((resolve) => (finish = resolve));
    });
    replay.mockResolvedValueOnce(replayed(alert("a")));
    tell("a.ts");
    await vi.waitFor(() => expect(signals).toHaveLength(1));
    tell("b.ts");
    tell("c.ts");
    expect(signals[0]?.aborted).toBe(true);
    finish(replayed(alert("old")));
    await loop.settled();
    expect(test.mock.calls.slice(1)).toEqual([[["/pack/src/a.ts"]], [["/pack/src/b.ts", "/pack/src/c.ts"]]]);
    expect(printed.slice(1).join("\n")).not.toContain("old");
    expect(printed.at(-1)).toContain("1 added, 0 removed");
  });

  it("only tests where there are no events, and ends", async () => {
    const { printed, loop, close } = looping(null);
    await loop.settled();
    expect(printed).toEqual(["09:15:02 at the start\n  tests   5 passed (TIME)"]);
    await loop.close();
    expect(close).toHaveBeenCalledOnce();
  });
});
