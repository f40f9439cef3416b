import { FakeClock } from "@mozdef/alert-engine/testing";
import { readFileSync } from "node:fs";
import { pino } from "pino";
import { describe, expect, it } from "vitest";
import { createIntake } from "../src/intake/create-intake.ts";
import { createMetrics } from "../src/metrics.ts";

/** Every name that `/metrics` may show. */
const namesOf = (): ReadonlySet<string> => {
  const metrics = createMetrics();
  const clock = new FakeClock("2026-01-01T00:00:00Z");
  createIntake({ clock, metrics, log: pino({ level: "silent" }), limits: { inFlightBytes: 1 } });
  const all = metrics.registry.getMetricsAsArray();
  const parts = (name: string) => ["_bucket", "_sum", "_count"].map((part) => `${name}${part}`);
  return new Set(all.flatMap(({ name, type }) => (String(type) === "histogram" ? parts(name) : [name])));
};

describe.each(["prometheus-rules.yaml", "grafana-dashboard.json"])("monitoring/%s", (file) => {
  const text = readFileSync(new URL(`../monitoring/${file}`, import.meta.url), "utf8");

  it("asks for metrics that there are", () => {
    const known = namesOf();
    const asked = new Set(text.match(/\bmozdef_[a-z_]+/g));
    expect(asked.size).toBeGreaterThan(5);
    expect([...asked].filter((name) => !known.has(name))).toEqual([]);
  });
});

it("is a dashboard with an expression in each panel", () => {
  const text = readFileSync(new URL("../monitoring/grafana-dashboard.json", import.meta.url), "utf8");
  const { panels } = JSON.parse(text) as { panels: { title: string; targets: { expr: string }[] }[] };
  expect(panels.filter(({ targets }) => targets.every(({ expr }) => expr.includes("mozdef_")))).toHaveLength(10);
});
