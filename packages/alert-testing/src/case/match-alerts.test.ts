import type { Hit } from "@mozdef/alert";
import type { AlertDocument } from "@mozdef/alert/runtime";
import { describe, expect, it } from "vitest";
import { matchAlerts } from "./match-alerts.ts";

const alert = (summary: string, severity = "NOTICE"): Hit<AlertDocument> =>
  ({ _index: "alerts-201701", _id: summary, _source: { summary, severity } }) as Hit<AlertDocument>;

describe("matchAlerts", () => {
  it("pairs in any order", () => {
    const { pairs, missing, surplus } = matchAlerts([{ summary: "a" }, { summary: "b" }], [alert("b"), alert("a")]);
    expect(pairs.map((pair) => pair.alert._id)).toEqual(["a", "b"]);
    expect([missing, surplus, pairs.flatMap((pair) => pair.differences)]).toEqual([[], [], []]);
  });

  it("gives an alert to the expectation that fits no other one", () => {
    const { pairs } = matchAlerts([{ severity: "NOTICE" }, { summary: "a" }], [alert("a"), alert("b")]);
    expect(pairs.map((pair) => pair.alert._id)).toEqual(["b", "a"]);
  });

  it("pairs what fits nothing with the closest that is left", () => {
    const expected = [{ summary: "a" }, { summary: "x", severity: "ERROR" }];
    const { pairs } = matchAlerts(expected, [alert("a"), alert("y"), alert("z", "ERROR")]);
    expect(pairs[1]?.alert._id).toBe("z");
    expect(pairs[1]?.differences.map(({ path }) => path)).toEqual(["summary"]);
  });

  it("names what is missing and what is too much", () => {
    expect(matchAlerts([{ summary: "a" }], []).missing).toEqual([{ summary: "a" }]);
    expect(matchAlerts([], [alert("a")]).surplus.map(({ _id }) => _id)).toEqual(["a"]);
  });
});
