import { describe, expect, it } from "vitest";
import { destinationsOf } from "./destinations.ts";
import { readRoutes, type RouteInput } from "./route.ts";
import type { AlertMessage } from "@mozdef/alert/runtime";
import { routesOfAlert, takesEveryAlert } from "./routes-of-alert.ts";

const SLOT = new Date("2026-01-02T18:30:00Z"); // a Friday

const message = (fields: object = {}): AlertMessage =>
  ({
    _index: "alerts-202601",
    _id: "a",
    _source: {
      ...{ utctimestamp: "2026-01-02T18:30:00+00:00", severity: "CRITICAL", category: "c", classname: "AlertA" },
      ...{ summary: "s", tags: [], events: [], channel: null, notify_mozdefbot: true, status: "manual" },
      ...fields,
    },
  }) as unknown as AlertMessage;

const TARGETS = ["chat", "pager", "mail", "boss"];
const read = (routes: readonly RouteInput[]) => readRoutes(routes, TARGETS);
const taken = (routes: readonly RouteInput[], fields?: object) =>
  routesOfAlert(read(routes), message(fields)._source).map(({ path, to }) => [path, to.join()]);

const action = (registration?: string) => ({
  kind: "test",
  send: () => undefined,
  ...(registration !== undefined && { registration }),
});
const ACTIONS = { chat: action(), pager: action(), mail: action("alerta"), boss: action() };
const going = (routes: readonly RouteInput[] | null, fields?: object, slot = SLOT) =>
  destinationsOf({ actions: ACTIONS, routes: routes === null ? null : read(routes) }, message(fields), slot);

describe("the routes of an alert", () => {
  it("are the first that fits", () => {
    const routes: RouteInput[] = [{ match: { severity: "INFO" }, to: ["mail"] }, { to: ["chat"] }, { to: ["pager"] }];
    expect(taken(routes)).toEqual([["1", "chat"]]);
    expect(taken(routes, { severity: "INFO" })).toEqual([["0", "mail"]]);
  });

  it("go on after one that says so", () => {
    const routes: RouteInput[] = [
      { name: "audit", to: ["mail"], continue: true },
      { match: { severity: "INFO" }, to: ["boss"] },
      { name: "all", to: ["chat"] },
    ];
    expect(taken(routes)).toEqual([
      ["audit", "mail"],
      ["all", "chat"],
    ]);
  });

  it("are those within, with what the one around says, or the one around when none within fits", () => {
    const routes: RouteInput[] = [
      {
        name: "web",
        match: { category: "c" },
        to: ["chat"],
        routes: [
          { match: { severity: "CRITICAL" }, to: ["pager"] },
          { name: "low", match: { severity: "INFO" } },
        ],
      },
    ];
    expect(taken(routes)).toEqual([["web/0", "pager"]]);
    expect(taken(routes, { severity: "INFO" })).toEqual([["web/low", "chat"]]);
    expect(taken(routes, { severity: "ERROR" })).toEqual([["web", "chat"]]);
    expect(taken(routes, { category: "other" })).toEqual([]);
  });

  it.each<[string, unknown, string]>([
    [
      "a target that there is not",
      [{ to: ["chatt"] }],
      "The route 0 is wrong: to: expected names of actions (chat, pager, mail, boss)",
    ],
    ["no target", [{}], "The route 0 is wrong: expected `to`"],
    ["an unknown key", [{ to: ["chat"], matches: {} }], 'unknown key "matches"'],
    ["a wrong duration", [{ to: ["chat"], repeat: "4 hours" }], 'repeat: expected a duration such as "30s"'],
    ["a wait without a group", [{ to: ["chat"], wait: "1m" }], "wait: it is about groups"],
    [
      "two of one name",
      [
        { name: "a", to: ["chat"] },
        { name: "a", to: ["chat"] },
      ],
      "there is another route of that name",
    ],
    [
      "hours that are none",
      [{ to: ["chat"], hours: { from: "8", to: "18:00" } }],
      'hours: expected from to be a time such as "08:30"',
    ],
    [
      "a crontab that never comes",
      [{ to: ["chat"], digest: { dayOfMonth: 31, monthOfYear: 2 } }],
      "digest: crontab: no day fits",
    ],
    [
      "something wrong within",
      [{ name: "web", to: ["chat"], routes: [{ match: { x: [] } }] }],
      "The route web/0 is wrong: match: x:",
    ],
  ])("refuse %s", (_, routes, text) => expect(() => read(routes as RouteInput[])).toThrow(text));
});

describe("the destinations of an alert", () => {
  it("are all actions that want it where there are no routes", () => {
    expect(going(null)).toEqual([
      { target: "chat", nextat: "2026-01-02T18:30:00.000Z" },
      { target: "pager", nextat: "2026-01-02T18:30:00.000Z" },
      { target: "mail", nextat: "2026-01-02T18:30:00.000Z" },
      { target: "boss", nextat: "2026-01-02T18:30:00.000Z" },
    ]);
    expect(going(null, { classname: "AlertB" }).map(({ target }) => target)).toEqual(["chat", "pager", "boss"]);
  });

  it("have each target once, and only when its action wants the alert", () => {
    const routes: RouteInput[] = [{ to: ["chat", "mail"], continue: true }, { to: ["chat", "pager"] }];
    expect(going(routes, { classname: "AlertB" }).map(({ target, route }) => [target, route])).toEqual([
      ["chat", "0"],
      ["pager", "1"],
    ]);
  });

  it("wait for others of their group, which has the same id for equal values", () => {
    const routes: RouteInput[] = [{ to: ["chat"], groupBy: ["classname"], wait: "45s" }];
    const [a] = going(routes);
    const [b] = going(routes, { summary: "other" });
    const [c] = going(routes, { classname: "AlertC" });
    expect(a?.nextat).toBe("2026-01-02T18:30:45.000Z");
    expect(a?.groupid).toBe(b?.groupid);
    expect(a?.groupid).not.toBe(c?.groupid);
  });

  it("escalate later, also to a target that has got it", () => {
    const routes: RouteInput[] = [{ to: ["chat"], escalate: { after: "15m", to: ["pager", "chat"] } }];
    expect(going(routes)).toEqual([
      { target: "chat", route: "0", nextat: "2026-01-02T18:30:00.000Z" },
      { target: "pager", route: "0", nextat: "2026-01-02T18:45:00.000Z", isEscalation: true },
      { target: "chat", route: "0", nextat: "2026-01-02T18:45:00.000Z", isEscalation: true },
    ]);
  });

  it("wait for the hours of their route, by the clocks of its zone", () => {
    const hours = { from: "08:00", to: "18:00", timezone: "Europe/Berlin" };
    const at = (time: string) => going([{ to: ["chat"], hours }], {}, new Date(time))[0]?.nextat;
    expect(at("2026-01-02T16:59:00Z")).toBe("2026-01-02T16:59:00.000Z");
    // After Friday 18:00 in Berlin comes Monday 08:00, which is 07:00 UTC in winter and 06:00 in summer.
    expect(at("2026-01-02T17:00:00Z")).toBe("2026-01-05T07:00:00.000Z");
    expect(at("2026-07-03T16:00:00Z")).toBe("2026-07-06T06:00:00.000Z");
    const night = { days: "*", from: "22:00", to: "06:00" };
    expect(going([{ to: ["chat"], hours: night }], {}, new Date("2026-01-02T03:00:00Z"))[0]?.nextat).toBe(
      "2026-01-02T03:00:00.000Z",
    );
  });

  it("come together at the time of a digest", () => {
    const routes: RouteInput[] = [{ to: ["mail"], digest: { minute: 0, hour: 9 } }];
    const [a] = going(routes);
    expect(a?.nextat).toBe("2026-01-03T09:00:00.000Z");
    expect(a?.groupid).toBe(going(routes, { category: "other" })[0]?.groupid);
  });

  it("come with a digest that is due a moment later, unless the route says how long it waits", () => {
    const slot = new Date("2026-01-03T08:59:59Z");
    const digest = { minute: 0, hour: 9 };
    const sent = (route: RouteInput) => going([route], {}, slot)[0]?.nextat;
    expect(sent({ to: ["mail"], digest })).toBe("2026-01-03T09:00:00.000Z");
    expect(sent({ to: ["mail"], digest, wait: "1m" })).toBe("2026-01-04T09:00:00.000Z");
    const within = { groupBy: ["classname"], to: ["chat"], routes: [{ to: ["mail"], digest }] };
    expect(sent(within)).toBe("2026-01-03T09:00:00.000Z");
  });

  it("have no time between two digests but that of the digest", () => {
    const [each, spaced] = read([
      { to: ["mail"], digest: {} },
      { to: ["mail"], digest: {}, interval: "10m" },
    ]);
    expect([each?.options.intervalMs, spaced?.options.intervalMs]).toEqual([0, 600_000]);
  });
});

describe("a route for every alert", () => {
  const match = { severity: "INFO" };
  it.each<[string, boolean, readonly RouteInput[]]>([
    ["is the last, without match", true, [{ match, to: ["mail"] }, { to: ["chat"] }]],
    [
      "may be any",
      true,
      [
        { to: ["chat"], continue: true },
        { match, to: ["mail"] },
      ],
    ],
    ["may be within", true, [{ routes: [{ match, to: ["mail"] }, { to: ["chat"] }] }]],
    ["may be around", true, [{ to: ["chat"], routes: [{ match, to: ["mail"] }] }]],
    ["is not there when all have a match", false, [{ match, to: ["mail"] }]],
    ["is not one whose routes within have one", false, [{ routes: [{ match, to: ["mail"] }] }]],
    [
      "is not there for what another takes and sends nowhere",
      false,
      [{ match, routes: [{ match: { category: "x" }, to: ["mail"] }] }, { to: ["chat"] }],
    ],
    [
      "is there when the other goes on",
      true,
      [{ match, continue: true, routes: [{ match: { category: "x" }, to: ["mail"] }] }, { to: ["chat"] }],
    ],
    ["is not there when there is none", false, []],
  ])("%s", (_, expected, routes) => {
    expect(takesEveryAlert(read(routes))).toBe(expected);
    // Where there is one, alerts get somewhere.
    const got = taken(routes, { severity: "INFO", category: "y" }).length > 0 && taken(routes).length > 0;
    expect(got || !expected).toBe(true);
  });
});
