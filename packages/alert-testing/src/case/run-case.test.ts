import {
  aggregation,
  type AggregatedEvents,
  AlertTask,
  eachEvent,
  type Hit,
  type HookContext,
  type HookResult,
  noEvent,
} from "@mozdef/alert";
import type { AlertAction, AlertPlugin, AlertTaskClass } from "@mozdef/alert/runtime";
import { SearchQuery, TermMatch } from "@mozdef/query";
import { describe, expect, it } from "vitest";
import { ago } from "../build/moments.ts";
import { repeat } from "../build/repeat.ts";
import { at } from "../build/time-line.ts";
import { readSuite } from "../suite/read-suite.ts";
import type { ExpectedAlert } from "../suite/expected.ts";
import type { FiringCase, RunStep, SilentCase } from "../suite/suite.ts";
import { runCase } from "./run-case.ts";

const query = SearchQuery({ minutes: 2 }).must(TermMatch("category", "ssh"), TermMatch("details.program", "sshd"));
const draft = { category: "bruteforce", tags: ["ssh"] };

class AlertGroups extends AlertTask {
  main() {
    return aggregation(query, { field: "details.sourceipaddress", threshold: 3 });
  }
  onAggregation({ value, count, events }: AggregatedEvents) {
    return { ...draft, summary: `${count} by ${value}`, events };
  }
}

class AlertEach extends AlertTask {
  main() {
    return eachEvent(query);
  }
  onEvent(event: Hit, _context: HookContext): HookResult {
    return { ...draft, summary: `on ${String(event._source.hostname)}` };
  }
}

class AlertSilence extends AlertTask {
  main() {
    return noEvent(query);
  }
  onNoEvent() {
    return { ...draft, summary: "nobody there", severity: "ERROR" };
  }
}

const event = { category: "ssh", details: { program: "sshd", sourceipaddress: "192.0.2.7" } };
const placeholder = {
  fires: [{ name: "f", events: [{ a: 1 }], alert: { summary: "s" } }],
  silent: [{ name: "s", events: [{ a: 2 }] }],
};

const firing = (task: unknown, testCase: Omit<FiringCase, "name">): Promise<void> => {
  const suite = readSuite(task as AlertTaskClass, { ...placeholder, event, fires: [{ name: "case", ...testCase }] });
  return runCase(suite, suite.cases[0]!);
};
const silent = (task: unknown, testCase: Omit<SilentCase, "name">): Promise<void> => {
  const suite = readSuite(task as AlertTaskClass, { ...placeholder, event, silent: [{ name: "case", ...testCase }] });
  return runCase(suite, suite.cases[1]!);
};

describe("a case that is right", () => {
  it.each<[string, () => Promise<void>]>([
    [
      "one alert of a group",
      () => firing(AlertGroups, { events: repeat(3), alert: { summary: "3 by 192.0.2.7", severity: "NOTICE" } }),
    ],
    [
      "several alerts in any order",
      () =>
        firing(AlertEach, {
          events: [{ hostname: "a" }, { hostname: "b" }],
          alerts: [{ summary: "on b" }, { summary: "on a" }],
        }),
    ],
    [
      // Took a minute when every expected alert was compared with every other one.
      "a thousand alerts",
      () =>
        firing(AlertEach, {
          events: repeat(1_000, (index) => ({ hostname: `host${index % 2}` })),
          alerts: repeat(1_000, (index) => (index % 3 === 0 ? { summary: /^on/ } : { summary: `on host${index % 2}` })),
        }),
    ],
    [
      "silence",
      () => firing(AlertSilence, { alert: { summary: "nobody there", severity: "ERROR", notify_mozdefbot: true } }),
    ],
    ["a text by regular expression", () => firing(AlertGroups, { events: repeat(3), alert: { summary: /^3 by/ } })],
    ["no alert below the threshold", () => silent(AlertGroups, { events: repeat(2) })],
    [
      "no alert for old events",
      () =>
        silent(AlertGroups, {
          events: repeat(3, { utctimestamp: ago({ minutes: 3 }), receivedtimestamp: ago({ minutes: 3 }) }),
        }),
    ],
    [
      "a time line",
      () => firing(AlertGroups, { at: "100s", events: at("0s").every("50s", 3), alert: { summary: "3 by 192.0.2.7" } }),
    ],
    ["a time line that is too slow", () => silent(AlertGroups, { at: "122s", events: at("0s").every("61s", 3) })],
    [
      "more events than the alert covers",
      () =>
        firing(AlertGroups, {
          events: [repeat(3), { category: "other" }],
          covers: 3,
          alert: { summary: "3 by 192.0.2.7" },
        }),
    ],
    [
      "more events than the alert embeds",
      () => firing(AlertGroups, { events: repeat(7), embeds: 5, alert: { summary: "7 by 192.0.2.7" } }),
    ],
    [
      "the life of an alert",
      () =>
        firing(AlertGroups, {
          runs: [
            { at: "0s", events: repeat(2) },
            { at: "1m", events: repeat(1), alert: { summary: "3 by 192.0.2.7" } },
            { at: "1m30s", events: repeat(2) },
            { at: "2m", events: repeat(1), alert: { summary: "3 by 192.0.2.7" } },
            { at: "24h" },
          ],
        }),
    ],
  ])("passes: %s", async (_, run) => {
    await expect(run()).resolves.toBeUndefined();
  });
});

const failureOf = async (run: Promise<void>): Promise<string> => {
  try {
    await run;
  } catch (cause) {
    expect(cause).toMatchObject({ name: "TestingError", code: "TEST_CASE_FAILED" });
    return (cause as Error).message;
  }
  throw new Error("the case passed");
};

describe("a case that is wrong", () => {
  it("shows only what differs", async () => {
    const message = await failureOf(
      firing(AlertGroups, { events: repeat(3), alert: { summary: "4 by 192.0.2.7", ...draft } }),
    );
    expect(message.split("\n")).toEqual([
      "The alert differs in 1 place.",
      "  summary",
      '    expected: "4 by 192.0.2.7"',
      '    received: "3 by 192.0.2.7"',
    ]);
  });

  it("names a key that the alert never sets", async () => {
    const message = await failureOf(firing(AlertGroups, { events: repeat(3), alert: { url: "https://example.org/" } }));
    expect(message).toContain('  url\n    expected: "https://example.org/"\n    received: nothing: it is never set');
  });

  it("tells the closest groups when nothing fired", async () => {
    const events = [repeat(2), { details: { sourceipaddress: "192.0.2.8" } }, { details: { program: "cron" } }];
    const message = await failureOf(firing(AlertGroups, { events, alert: { summary: "s" } }));
    expect(message.split("\n")).toEqual([
      "Expected 1 alert, none fired.",
      "  AlertGroups: 3 of 4 events fit the search.",
      '  1 more without: TermMatch("details.program", "sshd")',
      '  Closest groups by details.sourceipaddress: "192.0.2.7" (2 of 3, 1 missing), "192.0.2.8" (1 of 3, 2 missing).',
    ]);
  });

  it("tells the clauses that failed when no event fits", async () => {
    const message = await failureOf(
      firing(AlertEach, { events: [{ category: "x" }, { category: "y" }], alert: { summary: "s" } }),
    );
    expect(message).toContain('AlertEach: 0 of 2 events fit the search.\n  0 of 2 pass: TermMatch("category", "ssh")');
  });

  it("says that the hook returned nothing", async () => {
    class AlertNothing extends AlertEach {
      override onEvent() {
        return null;
      }
    }
    const message = await failureOf(firing(AlertNothing, { events: [{}], alert: { summary: "s" } }));
    expect(message).toContain("AlertNothing: 1 of 1 events fit the search. The hook returned no alert.");
  });

  it("shows the alerts that fired in a silent case", async () => {
    expect(await failureOf(silent(AlertGroups, { events: repeat(3) }))).toBe(
      'Expected no alert, 1 fired:\n  - "3 by 192.0.2.7" (AlertGroups, NOTICE, 3 events embedded)',
    );
  });

  it("asks for a list when several fired", async () => {
    const message = await failureOf(firing(AlertEach, { events: repeat(2), alert: { summary: "on exhostname" } }));
    expect(message).toContain("Expected 1 alert, 2 fired:");
    expect(message).toContain('list them: alerts: [{ ... }, { ... }] instead of "alert".');
  });

  it("names events that no alert covers", async () => {
    const message = await failureOf(
      firing(AlertGroups, { events: [repeat(3), { category: "x" }], alert: { summary: "3 by 192.0.2.7" } }),
    );
    expect(message.split("\n")).toEqual([
      "Expected the alerts to cover 4 events, they cover 3 of 4.",
      "  Not covered: #4.",
      "  If that is meant, say so: covers: 3.",
    ]);
  });

  it("counts the embedded events", async () => {
    class AlertFirstOnly extends AlertGroups {
      override onAggregation(group: AggregatedEvents) {
        return { ...draft, summary: "s", events: group.events.slice(0, 1) };
      }
    }
    const message = await failureOf(firing(AlertFirstOnly, { events: repeat(3), alert: { summary: "s" } }));
    expect(message).toContain(
      "expected: 3 embedded events (3 covered; if another number is meant: embeds: 1)\n    received: 1",
    );
  });

  it("asserts channel, notify rule and own name without being told", async () => {
    class AlertLoud extends AlertEach {
      override onEvent() {
        return { ...draft, summary: "s", severity: "CRITICAL", channel: "infosec", notify_mozdefbot: false };
      }
    }
    const message = await failureOf(firing(AlertLoud, { events: [{}], alert: { summary: "s" } }));
    expect(message).toContain('  channel\n    expected: null\n    received: "infosec"');
    expect(message).toContain("  notify_mozdefbot\n    expected: true\n    received: false");
  });

  it("refuses a firing case without events unless silence alerts", async () => {
    expect(await failureOf(firing(AlertEach, { alert: { summary: "s" } }))).toContain(
      "The case has no events, but the alert looks for events.",
    );
  });

  it("tells which run of several went wrong", async () => {
    const runs = [
      { at: "0s", events: repeat(3), alert: { summary: "3 by 192.0.2.7" } },
      { at: "1m", events: repeat(3) },
    ];
    expect(await failureOf(firing(AlertGroups, { runs }))).toContain("Run 2: Expected no alert, 1 fired:");
  });
});

describe("an alert that ends by itself", () => {
  class AlertEnding extends AlertGroups {
    override main() {
      const field = "details.sourceipaddress";
      return aggregation(query, { field, threshold: 3, quietFor: { hours: 1 }, resolveAfter: { minutes: 5 } });
    }
  }
  const runs = (resolves: readonly ExpectedAlert[]): readonly RunStep[] => [
    { at: "0s", events: repeat(3), alert: { summary: "3 by 192.0.2.7" } },
    { at: "4m" },
    { at: "5m", resolves },
  ];

  it("is compared with what the case says of it", async () => {
    await firing(AlertEnding, {
      runs: runs([{ summary: "3 by 192.0.2.7", status: "closed", closereason: "resolved" }]),
    });
    expect(await failureOf(firing(AlertEnding, { runs: runs([{ summary: "3 by 192.0.2.8" }]) }))).toContain(
      'Run 3: The alert "3 by 192.0.2.7", which was resolved, differs in 1 place.',
    );
  });

  it("is not passed over, and does not end when it is said to", async () => {
    const passed = await failureOf(firing(AlertEnding, { runs: runs([]) }));
    expect(passed).toContain("Run 3: Expected no alert to be resolved, 1 was:");
    expect(passed).toContain("If that is meant, say so: resolves: [{ ... }].");
    expect(await failureOf(firing(AlertGroups, { runs: runs([{ summary: "3 by 192.0.2.7" }]) }))).toContain(
      "Run 3: Expected 1 alert to be resolved, 0 were.",
    );
  });

  it("is refused in a silent case, and when nothing is said of it", () => {
    expect(() => readSuite(AlertEnding, { ...placeholder, silent: [{ name: "s", runs: runs([{}]) }] })).toThrow();
    expect(() => readSuite(AlertEnding, { ...placeholder, fires: [{ name: "f", runs: runs([{}]) }] })).toThrow(
      "expects an alert but says nothing about it",
    );
  });
});

describe("an alert that is wrong", () => {
  it("by throwing", async () => {
    class AlertThrows extends AlertEach {
      override onEvent(): never {
        throw new Error("no such user");
      }
    }
    const message = await failureOf(silent(AlertThrows, { events: [{}] }));
    expect(message).toMatch(/^The alert failed\.\n {2}ALERT_HOOK_FAILED: AlertThrows failed on event .*: no such user/);
  });

  it("by changing its events", async () => {
    class AlertChanges extends AlertEach {
      override onEvent(hit: Hit) {
        (hit._source as Record<string, unknown>).summary = "changed";
        return { ...draft, summary: "s" };
      }
    }
    const message = await failureOf(firing(AlertChanges, { events: [{}], alert: { summary: "s" } }));
    expect(message).toContain("The alert changes its events, which other hooks and the stored alert share.");
  });

  it("by going by the machine's clock", async () => {
    class AlertClock extends AlertEach {
      override onEvent() {
        return { ...draft, summary: new Date().toISOString() };
      }
    }
    const message = await failureOf(firing(AlertClock, { events: [{}], alert: { summary: /./ } }));
    expect(message).toContain("AlertClock.onEvent said something else when it was called again with the same input.");
  });

  it("by a request that nobody expects", async () => {
    class AlertAsks extends AlertEach {
      override async onEvent(_: Hit, { fetch }: HookContext) {
        await fetch("https://example.org/users");
        return { ...draft, summary: "s" };
      }
    }
    const message = await failureOf(firing(AlertAsks, { events: [{}], alert: { summary: "s" } }));
    expect(message).toContain(
      'No reply for GET https://example.org/users. Add one: replies: [{ url: "https://example.org/users"',
    );
  });
});

describe("plugins and actions", () => {
  const plugin: AlertPlugin = {
    name: "whois",
    registration: "bruteforce",
    onMessage: async (alert, { fetch }) => {
      const answer = await fetch("https://whois.example.org/192.0.2.7");
      return { ...alert, details: { owner: ((await answer.json()) as { owner: string }).owner } };
    },
  };
  const action: AlertAction = {
    kind: "webhook",
    registration: ["ssh"],
    send: async ({ _source }, { fetch }) => {
      await fetch("https://hook.example.org/", { method: "POST", body: JSON.stringify({ text: _source.summary }) });
      return undefined;
    },
  };
  const replies = [
    { url: /whois/, body: { owner: "Example" } },
    { url: "https://hook.example.org", status: 204 },
  ];

  it("work with recorded requests instead of a network", async () => {
    await firing(AlertGroups, {
      events: repeat(3),
      plugins: [plugin],
      actions: { hook: action },
      replies,
      alert: { summary: "3 by 192.0.2.7", details: { owner: "Example" } },
      requests: [
        { method: "GET", url: "https://whois.example.org/192.0.2.7" },
        { method: "POST", url: "https://hook.example.org/", body: { text: "3 by 192.0.2.7" } },
      ],
    });
  });

  it("fail the case when the requests are others", async () => {
    const common = { events: repeat(3), actions: { hook: action }, replies, alert: { summary: "3 by 192.0.2.7" } };
    expect(await failureOf(firing(AlertGroups, { ...common, requests: [] }))).toBe(
      "Expected no outgoing request, 1 made.\n  - POST https://hook.example.org/",
    );
    const message = await failureOf(firing(AlertGroups, { ...common, requests: [{ body: { text: "other" } }] }));
    expect(message).toContain('requests[0].body.text\n    expected: "other"\n    received: "3 by 192.0.2.7"');
  });

  it("fail the case when an action does", async () => {
    const message = await failureOf(
      firing(AlertGroups, { events: repeat(3), actions: { hook: action }, alert: { summary: "3 by 192.0.2.7" } }),
    );
    expect(message).toMatch(/^The action hook asked to be tried again: No reply for POST/);
  });

  it("may drop the alert", async () => {
    const dropping: AlertPlugin = { name: "drop", registration: "*", onMessage: () => null };
    await silent(AlertGroups, { events: repeat(3), plugins: [dropping] });
  });
});
