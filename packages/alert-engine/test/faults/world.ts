import type { AlertAction } from "@mozdef/alert/runtime";
import {
  createRegistry,
  createRouter,
  dailyMaintenance,
  inProcessHost,
  listRuns,
  Scheduler,
  tasksByName,
} from "@mozdef/alert-engine";
import { FakeClock } from "@mozdef/alert-engine/testing";
import { type AlertStore, saveEvents } from "@mozdef/alert-store";
import { documentsOf, openStore } from "../open-store.ts";
import { countingPack, doorPack, silencePack } from "../scheduled-alerts.ts";

/** When the alerts begin: in the middle of a day, or so that it ends between the second minute and the third. */
export const STARTS = { day: "2026-01-01T12:00:30.000Z", midnight: "2026-01-01T23:57:30.000Z" } as const;

const RETENTION = { eventsDays: 30, serviceDays: 30 };

const action = (registration: string): AlertAction => ({ kind: "never", registration, send: () => undefined });

/** A process that runs the alerts. */
export interface Instance {
  /** One look at the clock. */
  readonly tick: () => Promise<void>;
  /** Whoever stops it lets it end what it does. */
  readonly stop: () => Promise<void>;
}

/** One store, and any number of instances that run its alerts. */
export interface World {
  readonly store: AlertStore;
  readonly clock: FakeClock;
  /** Sets the clock to so many seconds after a second of a minute. */
  readonly setClock: (minute: number, seconds?: number) => void;
  /** An instance as it is after its start. */
  readonly start: (store: AlertStore) => Promise<Instance>;
  /** Events that arrive before the slot of that minute. */
  readonly arrive: (number: number) => Promise<void>;
  /** Everything that alerts have come to. */
  readonly result: () => Promise<unknown>;
}

export const createWorld = async (begin: keyof typeof STARTS = "day"): Promise<World> => {
  const started = Date.parse(STARTS[begin]);
  const clock = new FakeClock(STARTS[begin]);
  const store = await openStore({ now: clock.now() });
  const packs = [doorPack, silencePack, countingPack];
  const registry = await createRegistry(
    packs.map((pack, index) => ({ source: `pack${index}`, pack })),
    {},
  );
  const silent = () => undefined;
  const services = {
    log: { debug: silent, info: silent, warn: silent, error: silent },
    dns: { reverse: () => Promise.resolve(null) },
    fetch,
  };
  return {
    store,
    clock,
    setClock: (minute, seconds = 0) =>
      clock.set(new Date(started + minute * 60_000 + (seconds + 1) * 1_000).toISOString()),
    start: async (seen) => {
      const scheduler = new Scheduler({
        store: seen,
        clock,
        alerts: registry.alerts,
        limits: { catchUpMs: 3_600_000, runMs: 5_000 },
        signal: new AbortController().signal,
        host: inProcessHost({ store: seen, services, tasks: tasksByName(registry) }),
        services,
        router: createRouter({ actions: { all: action("*"), doors: action("door") } }),
      });
      await scheduler.load();
      const maintenance = dailyMaintenance(seen, RETENTION);
      return {
        tick: async () => {
          // Only where the day changes: it would be three requests more at each look.
          if (begin === "midnight") await maintenance.run(clock.now());
          await (
            await scheduler.tick()
          ).done;
        },
        stop: () => scheduler.stop(),
      };
    },
    arrive: async (number) => {
      const time = new Date(started + number * 60_000 - 30_000);
      const events = ["a", "b"].flatMap((hostname) => [
        { category: "door", hostname, summary: `door ${number} of ${hostname}` },
        ...Array.from({ length: 3 }, () => ({ category: "knock", hostname, summary: "knock" })),
      ]);
      const documents = events.map((event) => ({ ...event, utctimestamp: time.toISOString() }));
      const ids = documents.map((_, index) => `event-${number}-${index}`);
      await saveEvents(store, documents, { now: time, refresh: true, ids });
    },
    result: () => resultOf(store),
  };
};

const resultOf = async (store: AlertStore): Promise<unknown> => {
  await store.client.indices.refresh({ index: store.names.physical("slots-*") });
  const [alerts, coverage, kept, queued, runs] = [
    await documentsOf(store, "alerts-*"),
    await documentsOf(store, "coverage-*"),
    await documentsOf(store, "localities"),
    await documentsOf(store, "deliveries-*"),
    await listRuns(store, { ticks: 10_000 }),
  ];
  const seen = (kept[0]?._source.seen ?? []) as string[];
  return {
    alerts: alerts.map(({ _id, _source }) => ({ _id, ..._source, events: idsOf(_source.events) })),
    covered: coverage.map(({ _id }) => _id),
    // In the order in which they were seen within a slot, events of one time are equal.
    kept: { count: seen.length, different: new Set(seen).size },
    queued: queued.map(({ _id, _source }) => [_id, _source.status]),
    gaps: runs.gaps,
    slots: [
      ...new Set(runs.runs.filter(({ health }) => health === "ok").map(({ alert, slot }) => `${slot} ${alert}`)),
    ].sort(),
  };
};

/** The rest of an event says what had alerted for it before, which depends on which alert was first. */
const idsOf = (events: unknown): unknown =>
  (events as readonly { readonly documentid: string }[]).map(({ documentid }) => documentid);
