/** What `/metrics` of a service says, as far as it is looked at here. Bytes, seconds. */
export interface ServiceMetrics {
  readonly ticks: number;
  readonly tickSeconds: number;
  /** By upper bounds in seconds, how many ticks took at most as long. */
  readonly ticksWithin: ReadonlyMap<string, number>;
  readonly runs: number;
  readonly requests: ReadonlyMap<string, number>;
  readonly lagSeconds: number;
  /** Processor time of the service since its start. */
  readonly cpuSeconds: number;
  readonly residentBytes: number;
  readonly heapBytes: number;
  readonly externalBytes: number;
  readonly alertProcessBytes: number;
  /** Of an embedded store; null of a cluster. */
  readonly storeEventsBytes: number | null;
  /** With what is kept of what was read from disk. */
  readonly storeOthersBytes: number | null;
}

interface Sample {
  readonly name: string;
  readonly labels: string;
  readonly value: number;
}

const samplesOf = (text: string): readonly Sample[] =>
  text.split("\n").flatMap((line) => {
    const [, name, labels = "", value] = /^([a-z_]+)(?:\{(.*)\})? (\S+)$/.exec(line) ?? [];
    return name === undefined ? [] : [{ name, labels, value: Number(value) }];
  });

const labelOf = (labels: string, key: string): string => new RegExp(`\\b${key}="([^"]*)"`).exec(labels)?.[1] ?? "";

export const readMetrics = (text: string): ServiceMetrics => {
  const samples = samplesOf(text);
  const all = (name: string): readonly Sample[] => samples.filter((sample) => sample.name === name);
  const sum = (name: string): number => all(name).reduce((total, { value }) => total + value, 0);
  const by = (name: string, key: string): ReadonlyMap<string, number> =>
    new Map(all(name).map(({ labels, value }) => [labelOf(labels, key), value]));
  const store = by("mozdef_store_memory_bytes", "of");
  return {
    ticks: sum("mozdef_tick_seconds_count"),
    tickSeconds: sum("mozdef_tick_seconds_sum"),
    ticksWithin: by("mozdef_tick_seconds_bucket", "le"),
    runs: sum("mozdef_alert_runs_total"),
    requests: by("mozdef_store_requests_total", "api"),
    lagSeconds: sum("mozdef_schedule_lag_seconds"),
    cpuSeconds: sum("process_cpu_seconds_total"),
    residentBytes: sum("process_resident_memory_bytes"),
    heapBytes: sum("nodejs_heap_size_used_bytes"),
    externalBytes: sum("nodejs_external_memory_bytes"),
    alertProcessBytes: sum("mozdef_alert_process_resident_memory_bytes"),
    storeEventsBytes: store.get("events") ?? null,
    storeOthersBytes: store.size === 0 ? null : (store.get("others") ?? 0) + (store.get("cache") ?? 0),
  };
};
