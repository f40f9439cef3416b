import type { RunResult } from "@mozdef/alert-engine";
import { expect, it } from "vitest";
import { createMetrics, metricsObserver } from "./metrics.ts";

const run = (task: string, health: RunResult["health"]): RunResult =>
  ({ task, health, alerts: [] }) as unknown as RunResult;

it("counts runs once, however often they are asked for", async () => {
  const metrics = createMetrics();
  const observer = metricsObserver(metrics);
  const shown = async () =>
    (await metrics.registry.metrics()).split("\n").filter((line) => line.startsWith("mozdef_alert_runs_total{"));
  for (const result of [run("a", "ok"), run("a", "ok"), run("a", "error"), run("b", "ok")]) observer.onRun?.(result);
  const counted = [
    'mozdef_alert_runs_total{alert="a",health="ok"} 2',
    'mozdef_alert_runs_total{alert="b",health="ok"} 1',
    'mozdef_alert_runs_total{alert="a",health="error"} 1',
  ];
  expect(await shown()).toEqual(counted);
  expect(await shown()).toEqual(counted);
  observer.onRun?.(run("b", "ok"));
  expect(await shown()).toContain('mozdef_alert_runs_total{alert="b",health="ok"} 2');
});
