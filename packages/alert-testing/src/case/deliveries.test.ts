import { aggregation, type AggregatedEvents, AlertTask, eachEvent, type Hit } from "@mozdef/alert";
import type { AlertAction, AlertTaskClass } from "@mozdef/alert/runtime";
import { SearchQuery, TermMatch } from "@mozdef/query";
import { describe, expect, it } from "vitest";
import { receiver } from "../delivery/receiver.ts";
import type { AlertSuite, FiringCase, SilentCase } from "../suite/suite.ts";
import { readSuite } from "../suite/read-suite.ts";
import { runCase } from "./run-case.ts";

class AlertLogin extends AlertTask {
  main() {
    return eachEvent(SearchQuery({ minutes: 1 }).must(TermMatch("category", "login")));
  }
  onEvent({ _source: { hostname } }: Hit) {
    const severity = hostname === "db" ? "CRITICAL" : "NOTICE";
    return { summary: `login on ${String(hostname)}`, category: "access", tags: [], severity } as const;
  }
}

class AlertDown extends AlertTask {
  main() {
    const query = SearchQuery({ minutes: 1 }).must(TermMatch("category", "down"));
    return aggregation(query, { field: "hostname", quietFor: { hours: 1 }, resolveAfter: { minutes: 5 } });
  }
  onAggregation({ value }: AggregatedEvents) {
    return { summary: `${value} is down`, category: "availability", tags: [] };
  }
}

type Said = Omit<FiringCase, "name" | "alert">;

const other: SilentCase = { name: "another category", events: [{ category: "other" }] };

const run = async (task: AlertTaskClass, suite: Omit<AlertSuite, "silent">): Promise<void> => {
  const prepared = readSuite(task, { silent: [other], ...suite });
  for (const testCase of prepared.cases.filter(({ kind }) => kind === "fires")) await runCase(prepared, testCase);
};

const logins = (...hosts: readonly string[]) => hosts.map((hostname) => ({ category: "login", hostname }));

const on = (...hosts: readonly string[]) => hosts.map((host) => ({ summary: `login on ${host}` }));

/** One login on one host, unless the case says otherwise. */
const fires = (said: Said): Promise<void> => {
  const hosts = said.runs === undefined && said.events === undefined ? { events: logins("a"), alerts: on("a") } : {};
  return run(AlertLogin, {
    fires: [{ name: "n", actions: { soc: receiver(), pager: receiver() }, ...hosts, ...said }],
  });
};

const failureOf = async (work: Promise<void>): Promise<string> => {
  try {
    await work;
  } catch (cause) {
    return (cause as Error).message;
  }
  throw new Error("it passed");
};

const soc = { to: ["soc"] };
const one = { alert: { summary: "login on a" } };

describe("what receivers are expected to get", () => {
  it("is what is sent at once to everybody where there are no routes", async () => {
    const delivery = { at: "0s", event: "trigger", attempt: 1, by: null, ...one, alerts: [one.alert], requests: [] };
    await fires({ deliveries: { soc: [delivery as never], pager: [{}] } });
  });

  it("is what routes choose", async () => {
    await fires({
      events: logins("a", "db"),
      alerts: on("a", "db"),
      routes: [{ match: { severity: "CRITICAL" }, to: ["pager"], continue: true }, soc],
      deliveries: { soc: [one, { alert: { summary: "login on db" } }], pager: [{ alert: { severity: "CRITICAL" } }] },
    });
  });

  it("has what a registration of an action leaves out not in it", async () => {
    await fires({
      actions: { soc: receiver(), pager: receiver({ registration: "critical" }) },
      deliveries: { soc: [one], pager: [] },
    });
  });

  it("comes as one message after the wait, over several runs, and again until somebody takes care of it", async () => {
    await fires({
      actions: { soc: receiver({ events: ["trigger"] }) },
      routes: [{ ...soc, groupBy: ["classname"], wait: "30s", interval: "5m", repeat: "1h" }],
      runs: [
        { at: "0s", events: logins("a"), alerts: on("a") },
        { at: "20s", events: logins("b"), alerts: on("b") },
        { at: "61m", acknowledges: [{ classname: "AlertLogin" }] },
      ],
      until: "1d",
      deliveries: {
        soc: [
          { at: "30s", alert: { summary: /^2 alerts: AlertLogin \(2\)/ }, alerts: on("a", "b") },
          { at: "1h30s", alerts: on("a", "b") },
        ],
      },
    });
  });

  it("comes with the digest", async () => {
    await fires({
      routes: [{ ...soc, digest: { hour: 9, minute: 0 } }],
      until: "8h",
      deliveries: { soc: [{ at: "8h", ...one }] },
    });
  });

  it("escalates what nobody has acknowledged, and nothing else", async () => {
    const routes = [{ ...soc, escalate: { after: "15m", to: ["pager"] } }];
    await fires({ routes, until: "15m", deliveries: { soc: [{ at: "0s" }], pager: [{ at: "15m", ...one }] } });
    await fires({
      routes,
      runs: [
        { at: "0s", events: logins("a"), alerts: on("a") },
        { at: "5m", acknowledges: [one.alert] },
      ],
      until: "1h",
      deliveries: {
        soc: [{ at: "0s" }, { at: "5m", event: "acknowledge", by: "somebody" }],
        pager: [{ at: "15m", muted: "the alert was acknowledged by somebody before" }],
      },
    });
  });

  it("says that an alert is over, by hand and by itself", async () => {
    const down = { category: "down", hostname: "web1" };
    await run(AlertDown, {
      actions: { soc: receiver(), chat: receiver({ events: ["trigger"] }) },
      fires: [
        {
          name: "by itself",
          runs: [
            { at: "0s", events: [down], alert: { summary: "web1 is down" } },
            { at: "10m", resolves: [{ summary: "web1 is down" }] },
          ],
          deliveries: { soc: [{ event: "trigger" }, { at: "10m", event: "resolve", by: null }], chat: [{}] },
        },
        {
          name: "by hand",
          runs: [
            { at: "0s", events: [down], alert: { summary: "web1 is down" } },
            { at: "1m", closes: [{ summary: "web1 is down" }] },
          ],
          deliveries: { soc: [{}, { at: "1m", event: "resolve", by: "somebody" }], chat: [{}] },
        },
      ],
    });
  });

  it("names what is muted, and by what", async () => {
    const silence = { match: { summary: "* on a" }, by: "ann", reason: "known" };
    await fires({
      actions: { soc: receiver() },
      events: logins("a", "b"),
      alerts: on("a", "b"),
      silences: [silence],
      deliveries: { soc: [{ muted: "silence of ann: known", ...one }, {}] },
    });
    await fires({ silences: [{ ...silence, from: "1m" }], deliveries: { soc: [one], pager: [one] } });
    await fires({
      routes: [soc],
      windows: [{ name: "backup", begins: { hour: 1, minute: 0 }, lasts: "1h" }],
      deliveries: { soc: [{ at: "0s", muted: "maintenance window" }] },
    });
  });

  it("mutes by another alert that is open", async () => {
    const open = { classname: "AlertHostDown", summary: "a is down", status: "manual", severity: "ERROR", tags: [] };
    await fires({
      routes: [soc],
      setup: async (site) => {
        await site.saveDocument("alerts", { ...open, utctimestamp: site.now, events: [], category: "availability" });
      },
      inhibit: [{ by: { name: "AlertHostDown" }, mutes: { category: "access" } }],
      deliveries: { soc: [{ muted: "AlertHostDown is open: a is down" }] },
    });
  });

  it("has each attempt at a receiver that does not take it, at its time", async () => {
    await fires({
      actions: { soc: receiver({ answers: [{ retry: "503" }, { retry: "429", afterMs: 60_000 }] }) },
      until: "5m",
      deliveries: {
        soc: [
          { at: "0s", retry: "503", attempt: 1 },
          { at: "5s", retry: "429", attempt: 2 },
          { at: "1m5s", attempt: 3, ...one },
        ],
      },
    });
    await fires({
      actions: { soc: receiver({ answers: [{ refused: "404" }] }) },
      deliveries: { soc: [{ refused: /^40\d$/ }] },
    });
  });

  it("has the requests of each delivery", async () => {
    const chat = (url: string): AlertAction => ({
      kind: "chat",
      send: async ({ _source }, { fetch }) => {
        const { status } = await fetch(url, { method: "POST", body: JSON.stringify({ text: _source.summary }) });
        return status === 200 ? undefined : { retry: `it answered ${status}` };
      },
    });
    await fires({
      actions: { soc: chat("https://a.example/"), pager: chat("https://b.example/") },
      replies: [{ url: "https://a.example" }, { url: "https://b.example", status: 500 }],
      deliveries: {
        soc: [{ requests: [{ method: "POST", url: "https://a.example/", body: { text: "login on a" } }] }],
        pager: [{ requests: [{ url: "https://b.example/" }], retry: "it answered 500" }],
      },
    });
  });
});

describe("what differs", () => {
  it("says what came instead", async () => {
    const routes = [
      { match: { severity: "CRITICAL" }, to: ["pager"] },
      { ...soc, groupBy: [], wait: "30s" },
    ];
    expect(await failureOf(fires({ routes, deliveries: { soc: [one], pager: [] } }))).toBe(
      [
        "The deliveries differ.",
        "  soc: expected 1 delivery, received nothing.",
        '  Not sent yet: soc at 30s. To play that, say until when: until: "30s".',
      ].join("\n"),
    );
    expect(await failureOf(fires({ deliveries: { soc: [{ ...one, at: "60s" }] } }))).toBe(
      [
        "The deliveries differ.",
        "  soc[0].at",
        '    expected: "1m"',
        '    received: "0s"',
        "  pager: expected nothing, received 1 delivery:",
        '    - 0s "login on a"',
      ].join("\n"),
    );
  });

  it.each([
    ["muted", "silence of somebody: silenced by the test", { silences: [{ match: { category: "access" } }] }],
    ["retry", "503", { actions: { soc: receiver({ answers: [{ retry: "503" }] }) } }],
    ["refused", "404", { actions: { soc: receiver({ answers: [{ refused: "404" }] }) } }],
  ])("is what does not arrive and is not expected so: %s", async (key, received, said) => {
    const message = await failureOf(fires({ actions: { soc: receiver() }, ...said, deliveries: { soc: [one] } }));
    expect(message).toContain(`  soc[0].${key}\n    expected: nothing\n    received: ${JSON.stringify(received)}`);
  });

  it("is told without expectations, too, when a receiver does not take an alert", async () => {
    const actions = { soc: receiver({ answers: [{ refused: "404" }] }) };
    expect(await failureOf(fires({ actions }))).toBe("The action soc refused: 404");
  });

  it("is told when there is nothing to acknowledge", async () => {
    const runs = [
      { at: "0s", events: logins("a"), alerts: on("a") },
      { at: "1m", closes: [{ summary: "login on b" }] },
    ];
    expect(await failureOf(fires({ runs }))).toBe('There is no alert to be closed that is {"summary":"login on b"}.');
  });
});

describe("a case is refused", () => {
  const refusal = async (said: object): Promise<string> => failureOf(fires(said));

  it.each([
    ["routes to nobody there is", { routes: [{ to: ["sock"] }] }, "expected names of actions (soc, pager)"],
    ["deliveries of nobody there is", { deliveries: { sock: [] } }, 'has deliveries for "sock". Expected one of its'],
    ["deliveries that are no list", { deliveries: { soc: {} } }, "deliveries.soc is not a list of deliveries."],
    [
      "an unknown key of a delivery",
      { deliveries: { soc: [{ sumary: "" }] } },
      'deliveries.soc[0] has no key "sumary"',
    ],
    ["an unknown key of a silence", { silences: [{ mach: {} }] }, 'has no key "mach"'],
    ["a wrong match", { silences: [{ match: { a: [] } }] }, "has a wrong silence: match: a: expected 1 to 1000 values"],
    ["a wrong window", { windows: [{ name: "" }] }, "The maintenance window"],
    ["a wrong inhibition", { inhibit: [{ by: {}, mutes: {}, equl: [] }] }, 'unknown key "equl"'],
    ["an end before the last run", { at: "5m", until: "1m" }, '"until" is before the last run. Expected "5m" or later'],
    ["what is no action", { actions: { soc: {} } }, "wrong actions.soc: kind is not a text"],
    ["routes without receivers", { actions: {}, routes: [soc] }, 'has "routes" and no "actions". Say who receives'],
  ])("with %s", async (_, said, message) => {
    expect(await refusal(said)).toContain(message);
  });
});
