import { aggregation, type AlertContext, AlertTask, eachEvent, type Hit } from "@mozdef/alert";
import { type AlertTaskClass, createTask, foundEvents } from "@mozdef/alert/runtime";
import { RangeMatch, SearchQuery, TermMatch } from "@mozdef/query";
import { describe, expect, it } from "vitest";
import { SILENT } from "../site/silent-log.ts";
import { onAnotherDay } from "./another-day.ts";
import { probeTask } from "./probe-task.ts";

const asked: string[] = [];
const stored: unknown[] = [];
const context: AlertContext = {
  now: new Date("2017-01-01T01:00:00Z"),
  log: SILENT,
  report: () => undefined,
  signal: new AbortController().signal,
  fetch: (input) => {
    asked.push(new Request(input).url);
    return Promise.resolve(new Response(`answer ${asked.length}`));
  },
  dns: { reverse: () => Promise.resolve("host") },
  search: () => Promise.resolve(foundEvents([], 0)),
  count: () => Promise.resolve([]) as never,
  state: {
    get: () => Promise.resolve({ seen: stored.length }),
    find: () => Promise.resolve([]),
    put: (...parts) => void stored.push(parts),
  },
};
const query = SearchQuery({ minutes: 1 }).must(TermMatch("category", "x"));
const hit: Hit = { _index: "events-20170101", _id: "1", _source: { summary: "s" } };
const draft = (summary: string) => ({ summary, category: "c", tags: [] });

abstract class AlertBase extends AlertTask {
  main() {
    return eachEvent(query);
  }
}

const problemsOf = async (task: AlertTaskClass) => {
  const probe = probeTask(createTask(task));
  await probe.task.main(context);
  await probe.task.onEvent?.(hit, { ...context, data: undefined });
  return probe.problems;
};

describe("an alert that says the same again", () => {
  it("has no problem, and keeps its name, its searches and the answers it got", async () => {
    class AlertGood extends AlertBase {
      async onEvent(event: Hit, { now, fetch, state }: AlertContext) {
        const answer = await (await fetch("http://example.org/")).text();
        const kept = await state.get("localities", "x");
        state.put("localities", "x", { seen: 1 });
        return draft(`${event._id} ${now.toISOString()} ${answer} ${JSON.stringify(kept)}`);
      }
    }
    const probe = probeTask(createTask(AlertGood));
    await probe.task.main(context);
    const made = await probe.task.onEvent?.(hit, { ...context, data: undefined });
    expect(probe.problems).toEqual([]);
    expect(probe.task.constructor.name).toBe("AlertGood");
    expect(probe.searches).toEqual([expect.objectContaining({ kind: "eachEvent" })]);
    expect(made).toEqual(draft('1 2017-01-01T01:00:00.000Z answer 1 {"seen":0}'));
    expect(asked).toEqual(["http://example.org/"]);
    expect(stored).toHaveLength(1);
  });
});

describe("an alert that says something else", () => {
  it("by the machine's clock in a hook", async () => {
    class AlertClock extends AlertBase {
      onEvent() {
        return draft(`at ${new Date().getUTCFullYear()}`);
      }
    }
    const [problem] = await problemsOf(AlertClock);
    expect(problem).toContain("AlertClock.onEvent said something else when it was called again with the same input.");
    expect(problem).toContain("Use context.now instead of the machine's clock");
    expect(problem).toMatch(/summary\n {4}expected: "at \d+" \(first\)\n {4}received: "at \d+" \(second\)/);
  });

  it("by the machine's clock in main", async () => {
    class AlertClockMain extends AlertTask {
      main() {
        return aggregation(query.must(RangeMatch("utctimestamp", new Date(0), new Date(Date.now()))), {
          field: "hostname",
        });
      }
    }
    expect((await problemsOf(AlertClockMain))[0]).toContain("AlertClockMain.main said something else");
  });

  it("by chance", async () => {
    class AlertDice extends AlertBase {
      onEvent() {
        return draft(`roll ${Math.random()}`);
      }
    }
    expect(await problemsOf(AlertDice)).toHaveLength(1);
  });

  it("by what it keeps in the instance", async () => {
    class AlertCounting extends AlertBase {
      count = 0;
      onEvent() {
        return ++this.count > 1 ? null : draft("first only");
      }
    }
    expect(await problemsOf(AlertCounting)).toHaveLength(1);
  });

  it("by failing the second time", async () => {
    class AlertOnce extends AlertBase {
      done = false;
      onEvent() {
        if (this.done) throw new Error("done already");
        this.done = true;
        return draft("once");
      }
    }
    expect(await problemsOf(AlertOnce)).toEqual([
      "AlertOnce.onEvent failed when it was called again with the same input: done already.",
    ]);
  });
});

describe("another day", () => {
  it("turns the clock for those who ask it, and only as long as it lasts", async () => {
    const before = Date.now();
    const [now, made, given, isDate] = await onAnotherDay(() => [
      Date.now(),
      new Date().getTime(),
      new Date("2017-01-01T00:00:00Z").getTime(),
      new Date() instanceof Date,
    ]);
    expect(now - before).toBeGreaterThan(400 * 86_400_000);
    expect(made - before).toBeGreaterThan(400 * 86_400_000);
    expect([given, isDate]).toEqual([Date.UTC(2017, 0, 1), true]);
    expect(Math.abs(Date.now() - before)).toBeLessThan(86_400_000);
  });

  it("turns back when the work fails", async () => {
    const real = Math.random;
    await expect(onAnotherDay(() => Promise.reject(new Error("x")))).rejects.toThrow("x");
    expect(Math.random).toBe(real);
  });
});
