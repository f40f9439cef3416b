import { explain, type Explanation, printExplanation, type SearchExplanation } from "@mozdef/alert-explain";
import type { FieldKinds } from "@mozdef/query";
import { openContext } from "@mozdef/alert-engine";
import { createTask, type AlertTaskClass } from "@mozdef/alert/runtime";
import { createAlertStore } from "@mozdef/alert-store";
import { afterEach, describe, expect, it } from "vitest";
import { createTestSite } from "../../src/site/create-test-site.ts";
import { SILENT } from "../../src/site/silent-log.ts";
import type { SavedDocument, TestSite } from "../../src/site/test-site.ts";
import {
  AlertByCode,
  AlertEnding,
  AlertFall,
  AlertGuessed,
  AlertLeftOpen,
  AlertManyFailures,
  AlertNewCountry,
  AlertNothing,
  AlertPairs,
  AlertQuiet,
  AlertRise,
  AlertSweep,
  AlertUpload,
  AlertUserSilent,
} from "./alerts.ts";

const NOW = "2017-01-01T12:00:00Z";
const open: TestSite[] = [];

afterEach(async () => {
  await Promise.all(open.splice(0).map((site) => site.close()));
});

const at = (minutesAgo: number): string => new Date(Date.parse(NOW) - minutesAgo * 60_000).toISOString();

/** An event of so many minutes ago. */
const login = (minutesAgo: number, details: object, rest: object = {}): object => ({
  category: "login",
  summary: "a login",
  utctimestamp: at(minutesAgo),
  receivedtimestamp: at(minutesAgo),
  ...rest,
  details,
});

const times = (count: number, event: object): object[] => Array.from({ length: count }, () => event);

const siteWith = async (
  events: readonly object[],
  fields: FieldKinds = {},
): Promise<TestSite & { readonly saved: readonly SavedDocument[] }> => {
  const site = await createTestSite({ now: NOW, fields });
  open.push(site);
  const saved = events.length === 0 ? [] : await site.saveEvents(events);
  await site.refresh();
  return Object.assign(site, { saved });
};

const explained = async (
  site: TestSite,
  task: AlertTaskClass,
  scope: { readonly event?: SavedDocument; readonly group?: string } = {},
): Promise<Explanation> => {
  const store = createAlertStore({ client: site.client });
  const services = { log: SILENT, dns: site.dns, fetch };
  const { signal } = new AbortController();
  const { context } = openContext(store, services, { task: task.name, now: new Date(site.now), signal });
  return explain(store, createTask(task), { context, ...scope });
};

const searchOf = async (...given: Parameters<typeof explained>): Promise<SearchExplanation> => {
  const { searches } = await explained(...given);
  const [search] = searches;
  if (search === undefined) throw new Error("no search");
  // What is said of a search does not depend on whether it is looked at before or after a run of the same moment.
  expect(search.fires).toBe(search.silence === null);
  return search;
};

/** `value: text`, in order. */
const linesOf = ({ groups }: SearchExplanation): readonly string[] =>
  (groups?.nearest ?? []).map(({ value, text, fires }) => `${value}: ${text}${fires ? ", fires" : ""}`);

describe("why an aggregation is silent or fires", () => {
  it("names groups of two fields by both values", async () => {
    const site = await siteWith([
      ...times(2, login(1, { user: "bob", ip: "192.0.2.7" })),
      login(1, { user: "bob", ip: "192.0.2.8" }),
      login(1, { user: "eve" }),
    ]);
    const search = await searchOf(site, AlertPairs);
    expect(search).toMatchObject({ looksFor: "groups of at least 3 by details.user, details.ip", fires: false });
    expect(linesOf(search)).toEqual(["bob|192.0.2.7: 2 of 3, 1 missing", "bob|192.0.2.8: 1 of 3, 2 missing"]);
    expect(linesOf(await searchOf(site, AlertPairs, { group: "bob|192.0.2.8" }))).toEqual([
      "bob|192.0.2.8: 1 of 3, 2 missing",
    ]);
  });

  it("knows that an event without one of the fields is in no group", async () => {
    const site = await siteWith([...times(3, login(1, { user: "bob", ip: "192.0.2.7" })), login(1, { user: "eve" })]);
    const [bob, , , eve] = site.saved;
    expect(await searchOf(site, AlertPairs, { event: bob! })).toMatchObject({ fires: true, looked: 1 });
    const search = await searchOf(site, AlertPairs, { event: eve! });
    expect(search).toMatchObject({ fires: false, groups: { nearest: [] }, silence: "no event fits" });
  });

  it("counts the groups that code makes, and finds that of an event", async () => {
    const site = await siteWith([
      ...times(3, login(1, {}, { summary: "login from here" })),
      ...times(2, login(1, {}, { summary: "login from there" })),
      login(1, {}),
    ]);
    expect(linesOf(await searchOf(site, AlertByCode))).toEqual(["here: 3 of 3, fires", "there: 2 of 3, 1 missing"]);
    expect(await searchOf(site, AlertByCode, { group: "there" })).toMatchObject({ fires: false });
    const [here, , , there, , none] = site.saved;
    expect(await searchOf(site, AlertByCode, { event: here! })).toMatchObject({ fires: true });
    expect(linesOf(await searchOf(site, AlertByCode, { event: there! }))).toEqual(["there: 2 of 3, 1 missing"]);
    expect(linesOf(await searchOf(site, AlertByCode, { event: none! }))).toEqual([]);
  });

  it("says how much is measured", async () => {
    const site = await siteWith([
      ...times(5, login(1, { user: "bob", host: "a" })),
      login(1, { user: "bob", host: "b" }),
      ...["a", "b", "c"].map((host) => login(1, { user: "eve", host })),
    ]);
    const search = await searchOf(site, AlertSweep);
    expect(search.looksFor).toBe("groups with at least 3 different details.host by details.user");
    expect(linesOf(search)).toEqual([
      "eve: 3 of 3 different details.host, fires",
      "bob: 2 of 3 different details.host",
    ]);
  });
});

describe("why a new value is silent or fires", () => {
  it("says since when a value is known", async () => {
    const site = await siteWith([
      login(180, { country: "DE" }),
      login(60, { country: "FR" }),
      login(30, { country: "FR" }),
      ...["DE", "FR", "NO"].map((country) => login(1, { country })),
    ]);
    expect(linesOf(await searchOf(site, AlertNewCountry))).toEqual([
      "NO: new: not there in the 6h before, fires",
      "DE: not new: seen first on 2017-01-01T09:00:00.000Z",
      "FR: not new: seen first on 2017-01-01T11:00:00.000Z, last on 2017-01-01T11:30:00.000Z",
    ]);
  });

  it("says that it is still learning", async () => {
    const site = await siteWith([login(60, { country: "FR" }), login(1, { country: "NO" })]);
    const search = await searchOf(site, AlertNewCountry);
    const note =
      "still learning: the oldest event is of 2017-01-01T11:00:00.000Z, and has to be 2h older than the window";
    expect(search).toMatchObject({ fires: false, silence: note });
    expect(linesOf(search)).toEqual([`NO: ${note}`, "FR: no event fits"]);
  });
});

describe("why a spike is silent or fires", () => {
  it("compares with the time before", async () => {
    const site = await siteWith([
      ...times(12, login(30, { user: "bob" })),
      ...times(5, login(1, { user: "bob" })),
      ...times(4, login(1, { user: "eve" })),
      ...times(3, login(1, { user: "ann" })),
    ]);
    expect(linesOf(await searchOf(site, AlertRise))).toEqual([
      "eve: baseline 0, now 4, fires",
      "bob: baseline 2, now 5, factor 2.5 of 3",
      "ann: baseline 0, now 3, at least 4 wanted",
    ]);
  });

  it("adds up what is measured", async () => {
    const site = await siteWith(
      [
        ...times(12, login(30, { user: "bob", bytes: 50 })),
        ...times(2, login(1, { user: "bob", bytes: 125 })),
        login(1, { user: "eve", bytes: 100 }),
        login(1, { user: "ann" }),
      ],
      { "details.bytes": "long" },
    );
    const search = await searchOf(site, AlertUpload);
    expect(search.looksFor).toBe(
      "at least 3 times more of the sum of details.bytes than in the 1h before, at least 100, by details.user",
    );
    expect(linesOf(search)).toEqual([
      "eve: baseline 0, now 100, fires",
      "bob: baseline 100, now 250, factor 2.5 of 3",
      "ann: baseline 0, now 0, at least 100 wanted",
    ]);
  });

  it("looks for fewer, and for none at all", async () => {
    const site = await siteWith([
      ...times(8, login(15, { user: "bob" })),
      ...times(3, login(1, { user: "bob" })),
      ...times(8, login(15, { user: "eve" })),
      ...times(2, login(15, { user: "ann" })),
    ]);
    expect(linesOf(await searchOf(site, AlertFall))).toEqual([
      "eve: baseline 4, now 0, fires",
      "bob: baseline 4, now 3, 1.33 times fewer, of 2",
      "ann: baseline 1, now 0, a baseline of at least 2 wanted",
    ]);
  });
});

describe("why a sequence is silent or fires", () => {
  const failed = (minutesAgo: number, user: string): object => login(minutesAgo, { user }, { category: "failed" });

  it("says which step is missing for each key", async () => {
    const site = await siteWith([
      ...[5, 4, 3].map((minutes) => failed(minutes, "bob")),
      login(2, { user: "bob" }),
      ...[5, 4, 3].map((minutes) => failed(minutes, "eve")),
      ...[5, 4].map((minutes) => failed(minutes, "ann")),
      ...[5, 4, 3].map((minutes) => failed(minutes, "joe")),
      login(6, { user: "joe" }),
      ...[15, 14, 13].map((minutes) => failed(minutes, "zoe")),
      login(1, { user: "zoe" }),
    ]);
    const search = await searchOf(site, AlertGuessed);
    expect(search.looksFor).toBe("2 steps in order within 10m by details.user");
    expect([...linesOf(search)].sort()).toEqual([
      "ann: 0 of 2 steps, step 1 is missing: 2 of 3 events",
      "bob: 2 of 2 steps, fires",
      "eve: 1 of 2 steps, step 2 is missing",
      "joe: 1 of 2 steps, step 2 is missing: its events are not after those of step 1",
      "zoe: 1 of 2 steps, step 2 is missing: its events are not within 10m of the first one",
    ]);
    expect(search.further).toMatchObject([{ label: "step 2", matching: 3 }]);
    const text = printExplanation(await explained(site, AlertGuessed, { group: "eve" }));
    expect(text).toContain("  step 1 (3 times), last 20m, in events, events-previous:\n  3 events looked at, 3 fit");
    expect(text).toContain('    "eve": 1 of 2 steps, step 2 is missing\n  => silent:');
  });

  it("says what must not happen, and what is waited for", async () => {
    const site = await siteWith([
      login(15, { user: "bob" }),
      login(15, { user: "eve" }),
      login(12, { user: "eve" }, { category: "logout" }),
      login(3, { user: "ann" }),
    ]);
    const search = await searchOf(site, AlertLeftOpen);
    expect(search.looksFor).toBe("one step that nothing follows within 10m by details.user");
    expect(linesOf(search)).toEqual([
      "bob: 1 of 1 steps, fires",
      "ann: 1 of 1 steps, waits until 10m are over",
      "eve: 1 of 1 steps, but what must not happen has happened",
    ]);
  });

  it("explains an event of any step", async () => {
    const site = await siteWith([...times(3, failed(3, "bob")), login(2, { user: "bob" }), login(2, { user: "eve" })]);
    const [, , , success, other] = site.saved;
    expect(linesOf(await searchOf(site, AlertGuessed, { event: success! }))).toEqual(["bob: 2 of 2 steps, fires"]);
    const search = await searchOf(site, AlertGuessed, { event: other! });
    expect(search).toMatchObject({ fires: false, looked: 1, matching: 0, further: [{ looked: 1, matching: 1 }] });
    expect(linesOf(search)).toEqual(["eve: 0 of 2 steps, step 1 is missing: 0 of 3 events"]);
  });
});

describe("why a percentage is silent or fires", () => {
  it("says the percentage, and when there are too few", async () => {
    const access = (count: number, user: string, category: string): object[] =>
      times(count, login(1, { user }, { type: "access", category }));
    const site = await siteWith([
      ...access(2, "bob", "failed"),
      ...access(2, "bob", "login"),
      ...access(1, "eve", "failed"),
      ...access(3, "eve", "login"),
      ...access(3, "ann", "failed"),
    ]);
    const search = await searchOf(site, AlertManyFailures);
    expect(linesOf(search)).toEqual([
      "bob: 2 of 4 are 50 %, wanted: at least 50 %, fires",
      "eve: 1 of 4 are 25 %, wanted: at least 50 %",
      "ann: 3 of 3 are 100 %, wanted: at least 50 %, at least 4 events have to be there",
    ]);
    expect(search.further).toMatchObject([{ label: "100 %", matching: 11 }]);
  });
});

describe("why a deadman for each value is silent or fires", () => {
  it("says who is silent, since when, and who is not", async () => {
    const site = await siteWith([login(30, { user: "bob" }), login(30, { user: "eve" }), login(2, { user: "eve" })]);
    expect(linesOf(await searchOf(site, AlertUserSilent))).toEqual([
      "bob: silent, last seen on 2017-01-01T11:30:00.000Z, fires",
      "eve: last seen on 2017-01-01T11:58:00.000Z",
    ]);
    expect(await searchOf(site, AlertUserSilent, { group: "eve" })).toMatchObject({ fires: false });
    const [bob, , eve] = site.saved;
    expect(await searchOf(site, AlertUserSilent, { event: bob! })).toMatchObject({ fires: true });
    expect(await searchOf(site, AlertUserSilent, { event: eve! })).toMatchObject({ fires: false });
  });
});

describe("an alert without groups", () => {
  it("refuses to explain one", async () => {
    const site = await siteWith([login(1, {})]);
    await expect(explained(site, AlertNothing, { group: "bob" })).rejects.toMatchObject({ code: "EXPLAIN_NO_GROUPS" });
    expect(await searchOf(site, AlertNothing)).toMatchObject({
      fires: false,
      groups: null,
      silence: "there is an event",
    });
  });
});

describe("what has alerted", () => {
  it("is silent after its run, by the code of the run", async () => {
    const site = await siteWith([
      ...times(3, login(1, { user: "bob", ip: "192.0.2.7", host: "a", country: "NO" })),
      login(180, { country: "DE" }),
    ]);
    for (const task of [AlertPairs, AlertNewCountry]) {
      expect(await searchOf(site, task)).toMatchObject({ fires: true });
      await site.run(task);
      expect(await searchOf(site, task)).toMatchObject({ fires: false });
    }
  });
});

describe("an explanation", () => {
  it.each<[AlertTaskClass, string | null]>([
    [AlertQuiet, "  an alert speaks for its group for 30m"],
    [AlertEnding, "  an alert speaks for its group for 30m; it is resolved once it was not found again for 15m"],
    [AlertPairs, null],
  ])("says how an alert of %o lives", async (task, line) => {
    const lines = printExplanation(await explained(await siteWith([]), task)).split("\n");
    expect(lines.filter((one) => one.includes("speaks"))).toEqual(line === null ? [] : [line]);
  });
});
