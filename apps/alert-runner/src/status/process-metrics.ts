import { monitorEventLoopDelay } from "node:perf_hooks";
import { Counter, Gauge, type Registry } from "prom-client";
import type { OpenedStore } from "../store/opened-store.ts";

export interface ProcessMetricsOptions {
  readonly registry: Registry;
  /** Of the process that has the code of the alerts, in bytes; 0 when there is none. */
  readonly alertProcessBytes: () => number;
  readonly room?: OpenedStore["room"];
}

/** Shows in `/metrics` what the service takes of memory and processors, measured when it is asked. */
export const processMetrics = ({ registry, alertProcessBytes, room }: ProcessMetricsOptions): void => {
  const registers = [registry];
  const gauge = (name: string, help: string, value: () => number): void => {
    const collect = function (this: Gauge): void {
      this.set(value());
    };
    new Gauge({ name, help, registers, collect });
  };
  // Without `mozdef`: the names by which every dashboard for Node.js knows them.
  gauge("process_resident_memory_bytes", "Memory of the service as the system sees it.", () =>
    process.memoryUsage.rss(),
  );
  gauge(
    "nodejs_heap_size_used_bytes",
    "Of the service: heap of JavaScript in use, garbage included.",
    () => process.memoryUsage().heapUsed,
  );
  gauge(
    "nodejs_external_memory_bytes",
    "Of the service: memory outside of the heap, such as buffers.",
    () => process.memoryUsage().external,
  );
  new Counter({
    name: "process_cpu_seconds_total",
    help: "Processor time that the service has taken, that of the process of the alerts apart.",
    registers,
    collect() {
      const { user, system } = process.cpuUsage();
      this.reset();
      this.inc((user + system) / 1e6);
    },
  });
  const delay = monitorEventLoopDelay({ resolution: 10 });
  delay.enable();
  gauge(
    "nodejs_eventloop_lag_p99_seconds",
    "How long the service let what was due wait, in 99 of 100 cases since this was asked for last.",
    () => {
      const seconds = delay.percentile(99) / 1e9;
      delay.reset();
      return seconds;
    },
  );
  gauge(
    "mozdef_alert_process_resident_memory_bytes",
    "Memory of the process that runs the code of alerts, as the system sees it; 0 when there is none, and where the system does not say.",
    alertProcessBytes,
  );
  if (room === undefined) return;
  new Gauge({
    name: "mozdef_store_memory_bytes",
    help: "Of an embedded store: memory of the service that events take which are not on disk alone yet, others: alerts, runs, what is covered, and the cache of what was read from disk.",
    labelNames: ["of"],
    registers,
    collect() {
      const { bytes, cacheBytes, events } = room();
      this.set({ of: "events" }, events.bytes);
      this.set({ of: "others" }, Math.max(0, bytes - cacheBytes - events.bytes));
      this.set({ of: "cache" }, cacheBytes);
    },
  });
};
