import { describe, expect, it } from "vitest";
import { compareAlerts } from "./compare.ts";
import { countDays } from "./print-backtest.ts";
import type { ReplayedAlert } from "./replayed-alert.ts";

const alert = (
  id: string,
  content: Record<string, unknown> = {},
  slot = "2017-01-01T01:00:00.000Z",
): ReplayedAlert => ({
  name: "A",
  slot,
  id,
  group: "g",
  content,
});

describe("two versions of an alert", () => {
  it("differ in what one of them finds, and in what both say differently", () => {
    const before = [alert("1"), alert("2", { summary: "a", tags: ["x"] }), alert("3", { summary: "s" })];
    const after = [alert("2", { summary: "b", tags: ["x"], url: "u" }), alert("3", { summary: "s" }), alert("4")];
    const { added, removed, changed } = compareAlerts(before, after);
    expect([added.map(({ id }) => id), removed.map(({ id }) => id)]).toEqual([["4"], ["1"]]);
    expect(changed.map(({ after: one, keys }) => [one.id, keys])).toEqual([["2", ["summary", "url"]]]);
  });

  it("of one name only are compared with one another", () => {
    expect(compareAlerts([alert("1")], [{ ...alert("1"), name: "B" }])).toMatchObject({
      added: [{ name: "B" }],
      removed: [{ name: "A" }],
    });
  });
});

describe("alerts a day", () => {
  it("are counted by name, days in UTC", () => {
    const late = alert("3", {}, "2017-01-01T23:59:00.000Z");
    expect(
      countDays([alert("1"), { ...alert("2"), name: "B" }, late, alert("4", {}, "2017-01-02T00:00:00.000Z")]),
    ).toEqual([
      { day: "2017-01-01", name: "A", count: 2 },
      { day: "2017-01-01", name: "B", count: 1 },
      { day: "2017-01-02", name: "A", count: 1 },
    ]);
  });
});
