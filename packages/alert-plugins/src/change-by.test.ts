import { AlertTask, eachEvent } from "@mozdef/alert";
import type { AlertPlugin } from "@mozdef/alert/runtime";
import { createTestSite } from "@mozdef/alert-testing";
import { SearchQuery, TermMatch } from "@mozdef/query";
import { describe, expect, it } from "vitest";
import { enrich, enrichOrDrop } from "../test/enrich.ts";
import { changeBy, type ChangeByOptions } from "./change-by.ts";
import { dropWhen, type DropWhenOptions } from "./drop-when.ts";

const changing = (change: ChangeByOptions["change"]) => changeBy({ name: "mine", change });

describe("changeBy", () => {
  it("changes the keys that the function says, and adds details", async () => {
    const plugin = changing(({ tags }) => ({ severity: "CRITICAL", tags: [...tags, "x"], details: { owner: "bob" } }));
    const alert = await enrich(plugin, { tags: ["a"], details: { kept: 1 } });
    expect(alert).toMatchObject({
      severity: "CRITICAL",
      tags: ["a", "x"],
      summary: "s",
      details: { kept: 1, owner: "bob" },
    });
  });

  it("leaves an alert as it is for null, and for what is undefined", async () => {
    const before = await enrich(
      changing(() => null),
      {},
    );
    expect(
      await enrich(
        changing(() => ({ severity: undefined as never })),
        {},
      ),
    ).toEqual(before);
    expect(before.severity).toBe("NOTICE");
  });

  it.each<[object, string]>([
    [{ severity: "urgent" }, "wrong severity"],
    [{ summary: "" }, "wrong summary"],
    [{ tags: "x" }, "wrong tags"],
    [{ events: [] }, 'returned "events", expected some of severity, summary'],
    [{ classname: "Other" }, 'returned "classname"'],
  ])("does not let an alert become %j", async (change, reason) => {
    await expect(
      enrich(
        changing(() => change),
        {},
      ),
    ).rejects.toThrow(reason);
  });

  it("needs a name and a function", () => {
    expect(() => changeBy({ name: "", change: "x" } as never)).toThrow(
      /changeBy are wrong: name: .*; change: expected a function\./,
    );
  });
});

describe("dropWhen", () => {
  const dropping = (when: DropWhenOptions["when"], log: string[] = []) => {
    const plugin = dropWhen({ name: "lab", reason: "it scans itself", when });
    const line = (text: string, fields?: object) => void log.push(`${text} ${JSON.stringify(fields)}`);
    const parts = { log: { debug: line, info: line, warn: line, error: line } };
    return { plugin, log, run: (draft: Readonly<Record<string, unknown>>) => enrichOrDrop(plugin, draft, [{}], parts) };
  };

  it("drops what the function says, and logs why", async () => {
    const { run, log } = dropping(({ details }) => details?.site === "lab");
    expect(await run({ details: { site: "office" } })).not.toBeNull();
    expect(log).toEqual([]);
    expect(await run({ details: { site: "lab" } })).toBeNull();
    expect(log).toEqual([
      'alert dropped by lab: it scans itself {"alert":"AlertX","severity":"NOTICE","summary":"s","events":["events-20260310/0"]}',
    ]);
  });

  it.each([undefined, 1, "yes"])("keeps the alert when the function returns %j", async (value) => {
    await expect(dropping(() => value as never).run({})).rejects.toThrow("expected true or false");
  });
});

describe("in a run", () => {
  class AlertDoor extends AlertTask {
    main() {
      return eachEvent(SearchQuery({ minutes: 5 }).must(TermMatch("category", "door")));
    }
    onEvent() {
      return { summary: "door", category: "door", tags: ["lab"] };
    }
  }

  const run = async (...plugins: readonly AlertPlugin[]) => {
    const site = await createTestSite();
    await site.saveEvent({ category: "door" });
    await site.refresh();
    const results = [await site.run(AlertDoor, { plugins }), await site.run(AlertDoor, { plugins: [] })];
    await site.close();
    return results;
  };

  it("a dropped alert is not stored, and its events count as alerted", async () => {
    const [first, second] = await run(dropWhen({ name: "lab", reason: "r", registration: "lab", when: () => true }));
    expect([first?.health, first?.alerts, second?.alerts]).toEqual(["ok", [], []]);
  });

  it("they run by priority, and one that fails leaves the alert as it was and says so", async () => {
    const [first] = await run(
      changeBy({ name: "last", priority: 200, change: ({ summary }) => ({ summary: `${summary}, last` }) }),
      changeBy({ name: "first", priority: 1, change: ({ summary }) => ({ summary: `${summary}, first` }) }),
      dropWhen({ name: "broken", reason: "r", when: () => Promise.reject(new Error("no list")) }),
      changeBy({ name: "late", timeoutMs: 1, change: () => new Promise(() => undefined) }),
      changeBy({ name: "other", registration: "other", change: () => ({ summary: "never" }) }),
    );
    const failures = [
      "Plugin broken failed on AlertDoor: no list",
      "Plugin late failed on AlertDoor: it took longer than the 1 ms allowed",
    ];
    expect(first?.alerts[0]?._source).toMatchObject({ summary: "door, first, last", errors: failures });
    expect(first?.errors.map(({ message }) => message)).toEqual(failures);
  });
});
