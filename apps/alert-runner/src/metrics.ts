import type { EngineObserver, RunResult } from "@mozdef/alert-engine";
import { Counter, Gauge, Histogram, Registry } from "prom-client";

/** What the service counts; `GET /metrics` shows it to Prometheus. */
export interface Metrics {
  readonly registry: Registry;
  readonly eventsRead: Counter<"via" | "parser">;
  readonly eventsSaved: Counter;
  readonly eventsRefused: Counter<"code">;
  readonly eventsKeptInPart: Counter<"why">;
  readonly requestsRefused: Counter<"code">;
  /** What {@link Metrics.runCounts} has added up. */
  readonly runs: Counter<"alert" | "health">;
  readonly runCounts: RunCounts;
  readonly runSeconds: Histogram;
  readonly alerts: Counter<"alert">;
  readonly deliveries: Counter<"target" | "outcome">;
  readonly deliverySeconds: Histogram<"target">;
  readonly tickFailures: Counter;
  readonly eventsUnmarked: Counter;
  readonly lagSeconds: Gauge;
  readonly alertsLate: Gauge;
  readonly alertsBehind: Gauge;
  readonly shards: Gauge;
  readonly storeRequests: Counter<"api">;
  readonly requestSeconds: Histogram<"method" | "route" | "status">;
}

type Health = RunResult["health"];

/** Runs are many, and seldom asked for: they are added up until then. */
class RunCounts {
  readonly #counts = { ok: new Map<string, number>(), error: new Map<string, number>() };

  add(alert: string, health: Health): void {
    const counts = this.#counts[health];
    counts.set(alert, (counts.get(alert) ?? 0) + 1);
  }

  /** Those since the last call. */
  *taken(): Iterable<{ readonly alert: string; readonly health: Health; readonly count: number }> {
    for (const health of ["ok", "error"] as const) {
      for (const [alert, count] of this.#counts[health]) yield { alert, health, count };
      this.#counts[health].clear();
    }
  }
}

const SECONDS = [0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 5, 10, 60];

/** A fresh set of metrics, each in a registry of its own, so that several services can live in one process. */
export const createMetrics = (): Metrics => {
  const registry = new Registry();
  const registers = [registry];
  const runCounts = new RunCounts();
  return {
    registry,
    runCounts,
    eventsRead: new Counter({
      name: "mozdef_events_read_total",
      help: "Events by the way they came in and the parser that understood them; none: nobody did.",
      labelNames: ["via", "parser"],
      registers,
    }),
    eventsSaved: new Counter({ name: "mozdef_events_saved_total", help: "Events saved.", registers }),
    eventsRefused: new Counter({
      name: "mozdef_events_refused_total",
      help: "Events refused, each with a reason to its sender, by error code.",
      labelNames: ["code"],
      registers,
    }),
    eventsKeptInPart: new Counter({
      name: "mozdef_events_kept_in_part_total",
      help: "Events saved with something changed: encoding (bytes that are not UTF-8), key (the name of a field was cut), unmapped (a part that could not be indexed is kept as text), time, address, shape or name (a value that does not fit its field has another name), parser (one failed).",
      labelNames: ["why"],
      registers,
    }),
    requestsRefused: new Counter({
      name: "mozdef_intake_requests_refused_total",
      help: "Requests refused before their events were looked at, such as too large or too many at once, by error code.",
      labelNames: ["code"],
      registers,
    }),
    runs: new Counter({
      name: "mozdef_alert_runs_total",
      help: "Runs of alerts, by health (ok or error).",
      labelNames: ["alert", "health"],
      registers,
      collect() {
        for (const { alert, health, count } of runCounts.taken()) this.inc({ alert, health }, count);
      },
    }),
    runSeconds: new Histogram({
      name: "mozdef_tick_seconds",
      help: "Time to run all alerts that were due at once.",
      buckets: SECONDS,
      registers,
    }),
    alerts: new Counter({ name: "mozdef_alerts_total", help: "Alerts made.", labelNames: ["alert"], registers }),
    deliveries: new Counter({
      name: "mozdef_delivery_attempts_total",
      help: "Attempts to bring an alert to a target, by outcome: sent, retry (it is tried again) or refused (it is given up).",
      labelNames: ["target", "outcome"],
      registers,
    }),
    deliverySeconds: new Histogram({
      name: "mozdef_delivery_seconds",
      help: "Time that attempts to bring an alert to a target take.",
      labelNames: ["target"],
      buckets: SECONDS,
      registers,
    }),
    tickFailures: new Counter({
      name: "mozdef_tick_failures_total",
      help: "Times that due alerts could not be run at all, e.g. without a store.",
      registers,
    }),
    eventsUnmarked: new Counter({
      name: "mozdef_events_unmarked_total",
      help: "Events of alerts that could not be marked as alerted. They do not alert again: coverage is noted elsewhere, too.",
      registers,
    }),
    lagSeconds: new Gauge({
      name: "mozdef_schedule_lag_seconds",
      help: "Age of the oldest slot that is due and has not been run; 0 when none is, or when another instance runs the alerts.",
      registers,
    }),
    storeRequests: new Counter({
      name: "mozdef_store_requests_total",
      help: "Requests to the store, by API; other: what alerts look up while they run.",
      labelNames: ["api"],
      registers,
    }),
    alertsLate: new Gauge({
      name: "mozdef_alerts_late",
      help: "Alerts of this instance whose slot is due and has not been run.",
      registers,
    }),
    alertsBehind: new Gauge({
      name: "mozdef_alerts_behind",
      help: "Alerts of this instance of which slots that were missed are being caught up.",
      registers,
    }),
    shards: new Gauge({
      name: "mozdef_shards",
      help: "Of the 16 shards of alerts, those that this instance runs: the sum over all instances is 16, but for seconds.",
      registers,
    }),
    requestSeconds: new Histogram({
      name: "mozdef_http_request_seconds",
      help: "Time to answer HTTP requests.",
      labelNames: ["method", "route", "status"],
      buckets: SECONDS,
      registers,
    }),
  };
};

/** Counts what the engine reports. */
export const metricsObserver = (metrics: Metrics): EngineObserver => ({
  onRun: ({ task, health, alerts }) => {
    metrics.runCounts.add(task, health);
    if (alerts.length > 0) metrics.alerts.inc({ alert: task }, alerts.length);
  },
  onTick: ({ durationMs }) => metrics.runSeconds.observe(durationMs / 1_000),
  onDelivery: ({ target, outcome, durationMs }) => {
    metrics.deliveries.inc({ target, outcome: outcome.kind });
    metrics.deliverySeconds.observe({ target }, durationMs / 1_000);
  },
  onTickFailure: () => metrics.tickFailures.inc(),
  onUnmarked: (unmarked) => metrics.eventsUnmarked.inc(unmarked.reduce((sum, { count }) => sum + count, 0)),
});
