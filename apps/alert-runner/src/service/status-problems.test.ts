import type { BackfillPart, LiveRunner } from "@mozdef/alert-engine";
import { FakeClock } from "@mozdef/alert-engine/testing";
import { describe, expect, it } from "vitest";
import { pino } from "pino";
import { IntakeWatch } from "../intake/intake-watch.ts";
import { createMetrics } from "../metrics.ts";
import { type StatusFacts, statusProblems } from "./status-problems.ts";

const runner = (host: string, other: Partial<LiveRunner> = {}): LiveRunner => ({
  ...{ id: host, renewals: 1, host, version: "1.0.0", packs: { a: "1.0.0" }, standstill: null },
  ...{ isSelf: false, shards: new Set<number>() },
  ...other,
});

const problemsWith = (
  runners: readonly LiveRunner[],
  backfills: readonly BackfillPart[] = [],
  decisions: Pick<StatusFacts, "unfinished" | "refused"> = { unfinished: [], refused: [] },
) =>
  statusProblems({
    ...decisions,
    store: { kind: "cluster", ok: true, error: null, product: null, version: null, events: null },
    ...{ enabled: 1, failing: [], blind: [], suspended: [], standing: [], failures: [], deliveries: [] },
    ...{ watchdogFailure: null, maintenanceFailure: null, runners, backfills, now: new Date() },
    intake: {
      watch: new IntakeWatch({
        clock: new FakeClock("2026-01-01T00:00:00Z"),
        metrics: createMetrics(),
        log: pino({ level: "silent" }),
      }),
    },
  }).map(({ problem }) => problem);

describe("runners", () => {
  const self = runner("web1", { isSelf: true });

  it("of one version that get on are no problem", () => {
    expect(problemsWith([self, runner("web2")])).toEqual([]);
  });

  it("with other versions are said", () => {
    const other = runner("web2", { version: "1.1.0", packs: { a: "2.0.0", b: "1.0.0" } });
    expect(problemsWith([self, other])).toMatchObject([
      {
        code: "RUNNERS_DIFFER",
        names: [
          "web2: the service 1.0.0 here, 1.1.0 there",
          "web2: a 1.0.0 here, 2.0.0 there",
          "web2: b not here, 1.0.0 there",
        ],
      },
    ]);
  });

  it("that do not get on are said by the others", () => {
    const [problem] = problemsWith([self, runner("web2", { standstill: "No alert runs." })]);
    expect(problem).toMatchObject({ code: "RUNNER_STANDING", message: expect.stringContaining("web2") });
    expect(problemsWith([runner("web1", { isSelf: true, standstill: "No alert runs." })])).toEqual([]);
  });
});

describe("slots that were missed", () => {
  const part: BackfillPart = {
    ...{ type: "backfill", name: "x", id: "x", reason: "missed", shard: 3, alerts: ["AlertB", "AlertA"] },
    ...{ from: "2026-01-01T00:00:00.000Z", to: "2026-01-01T02:00:00.000Z", doneTo: "2026-01-01T01:00:00.000Z" },
    ...{ notify: true, status: "open", runs: 0, made: 0, failed: 0, error: null, by: null, at: "", endedAt: null },
  };

  it("are said until they are caught up, and those that somebody asked for are none", () => {
    const [problem] = problemsWith([], [part, { ...part, reason: "asked", alerts: ["AlertC"] }]);
    expect(problem).toMatchObject({
      code: "SLOTS_BEHIND",
      message: expect.stringContaining("2026-01-01T01:00:00.000Z"),
      names: ["AlertA", "AlertB"],
    });
    expect(problemsWith([], [{ ...part, reason: "asked" }])).toEqual([]);
  });
});

describe("decisions", () => {
  it("that are not carried out are said, and such as never will be", () => {
    expect(problemsWith([], [], { unfinished: ["no room", "x"], refused: ["too large"] })).toMatchObject([
      { code: "DECISIONS_UNFINISHED", message: expect.stringContaining("no room") },
      { code: "DECISIONS_REFUSED", message: expect.stringContaining("too large") },
    ]);
  });
});
