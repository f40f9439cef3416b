import { AlertTask, eachEvent } from "@mozdef/alert";
import type { AlertPlugin } from "@mozdef/alert/runtime";
import { SearchQuery, TermMatch } from "@mozdef/query";
import { describe, expect, it } from "vitest";
import { ago } from "../build/moments.ts";
import { repeat } from "../build/repeat.ts";
import { readSuite } from "./read-suite.ts";
import type { AlertSuite } from "./suite.ts";

class AlertExample extends AlertTask {
  main() {
    return eachEvent(SearchQuery({ minutes: 5 }).must(TermMatch("category", "example")));
  }
}

const good: AlertSuite = {
  fires: [{ name: "one event", events: [{ category: "example" }], alert: { summary: "s" } }],
  silent: [{ name: "another category", events: [{ category: "other" }] }],
};

const read = (changes: object) => () => readSuite(AlertExample, { ...good, ...changes });
const fires = (...cases: readonly object[]) => read({ fires: cases });
const silent = (...cases: readonly object[]) => read({ silent: cases });
const firing = { name: "n", events: [{ a: 1 }], alert: { summary: "s" } };

describe("a good suite", () => {
  it("is brought to one shape, with what the suite says under each case", () => {
    const suite = readSuite(AlertExample, {
      ...good,
      config: { a: 1, b: 1 },
      event: { hostname: "h" },
      alert: { severity: "NOTICE" },
      fires: [{ name: "n", config: { b: 2 }, events: [repeat(2), { x: 1 }], alert: { summary: "s" } }],
    });
    expect(suite.title).toBe("AlertExample");
    expect(suite.now.toISOString()).toBe("2017-01-01T01:00:00.000Z");
    expect(suite.cases[0]).toMatchObject({
      kind: "fires",
      config: { a: 1, b: 2 },
      event: { hostname: "h" },
      runs: [{ offsetMs: 0, events: [{}, {}, { x: 1 }], alerts: [{ severity: "NOTICE", summary: "s" }] }],
    });
  });

  it("may have a plugin's own keys in expected alerts", () => {
    const plugin: AlertPlugin = { name: "p", registration: "*", onMessage: (alert) => alert };
    expect(read({ plugins: [plugin], alert: { extra: 1 } })).not.toThrow();
  });
});

describe("a weak suite is refused", () => {
  it.each([
    ["no firing case", read({ fires: [] }), 'AlertExample: no firing case. Add one to "fires"'],
    ["no silent case", read({ silent: [] }), 'AlertExample: no silent case. Add one to "silent"'],
    ["no list of silent cases", read({ silent: undefined }), "Without one, an alert that always fires would pass."],
    ["no expected alert", fires({ name: "n", events: [{ a: 1 }] }), 'the case "n" expects no alert. Say which'],
    ["runs without any alert", fires({ name: "n", runs: [{ at: "0s", events: [{}] }] }), "expects no alert"],
    ["an empty expected alert", fires({ ...firing, alert: {} }), "expects an alert but says nothing about it"],
    ["a silent case without events", silent({ name: "n" }), 'the case "n" has no events, so it proves nothing'],
    [
      "two cases with equal data, moments and order of keys aside",
      fires(
        { ...firing, name: "a", events: repeat(2, { x: ago({ minutes: 1 }), y: 1 }) },
        { ...firing, name: "b", events: [repeat(2, { y: 1, x: ago({ seconds: 60 }) })] },
      ),
      'the cases "a" and "b" have equal data. Change one, or take it out.',
    ],
    [
      "a silent case that equals a firing one",
      silent({ name: "b", events: [{ category: "example" }] }),
      'the cases "one event" and "b" have equal data',
    ],
    ["a case without a name", fires({ ...firing, name: " " }), "a case has no name. Say what is special about it"],
    ["two cases of one name", fires(firing, { ...firing, events: [{ b: 1 }] }), 'two cases are named "n".'],
    [
      "a skip without a reason",
      silent({ name: "n", events: [{}], skip: "" }),
      'the case "n" is skipped without a reason',
    ],
    [
      "an equivalent mutant without a reason",
      read({ equivalent: [{ mutant: "m", reason: "" }] }),
      '"equivalent" needs',
    ],
  ])("%s", (_, run, message) => {
    expect(run).toThrow(
      expect.objectContaining({ code: "TEST_SUITE_INVALID", message: expect.stringContaining(message) }),
    );
  });
});

describe("a wrong suite is refused", () => {
  it.each([
    ["an unknown key of the suite", read({ silnt: [] }), 'The suite has no key "silnt". Known are actions, alert,'],
    ["an unknown key of a firing case", fires({ ...firing, alrt: 1 }), 'the case "n" has no key "alrt". Known are'],
    ["an alert in a silent case", silent({ ...firing }), 'has no key "alert". A silent case expects no alert'],
    ["an unknown key of an alert", fires({ ...firing, alert: { sumary: "s" } }), 'of the case "n" has no key "sumary"'],
    [
      "an unknown key of a run",
      fires({ name: "n", runs: [{ at: "0s", evnts: [] }] }),
      'run 1 of the case "n" has no key',
    ],
    ["alert and alerts", fires({ ...firing, alerts: [{}] }), 'has both "alert" and "alerts". Keep one'],
    ["runs beside events", fires({ ...firing, runs: [] }), 'has "runs" and also "events", "alert". Move them'],
    ["no runs", fires({ name: "n", runs: [] }), 'the case "n" has an empty list of runs.'],
    [
      "runs back in time",
      fires({ name: "n", runs: [{ at: "2m", events: [{}], alert: { summary: "s" } }, { at: "1m" }] }),
      'the case "n": the runs go back in time.',
    ],
    ["an invalid clock", read({ now: "soon" }), '"now" is not a valid time. Expected ISO 8601'],
    [
      "a configuration that is not an object",
      fires({ ...firing, config: [] }),
      'has a "config" that is not an object.',
    ],
    [
      "events that are not a list",
      fires({ ...firing, events: { a: 1 } }),
      'has "events" that are not a list of events.',
    ],
    [
      "an event that is not an object",
      fires({ ...firing, events: ["a"] }),
      'has an event that is not an object. Received: "a".',
    ],
  ])("%s", (_, run, message) => {
    expect(run).toThrow(
      expect.objectContaining({ code: "TEST_SUITE_INVALID", message: expect.stringContaining(message) }),
    );
  });

  it("what is not an alert", () => {
    expect(() => readSuite(class {} as never, good)).toThrow("describeAlert needs a class that extends AlertTask");
    expect(() => readSuite(AlertExample, null as never)).toThrow("AlertExample: expected a suite { fires, silent }.");
  });
});
