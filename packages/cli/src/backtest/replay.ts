import type { AlertTask, Schedule } from "@mozdef/alert";
import { AlertError, askedField, kindOf, slotsBetween, type Sources } from "@mozdef/alert/runtime";
import { type AlertServices, inProcessHost, runHosted, type RunResult } from "@mozdef/alert-engine";
import { type AlertStore, createAlertStore, ensureIndices, rotateIndices } from "@mozdef/alert-store";
import { createTestSite } from "@mozdef/alert-testing";
import type { FieldKinds } from "@mozdef/query";
import { setImmediate } from "node:timers/promises";
import { type Checkpoint, contentsOf } from "./checkpoint.ts";
import type { Feed } from "./feed.ts";
import { intakeOf } from "./intake.ts";
import type { RefusedEvents } from "./refused-events.ts";
import { type ReplayedPlaces, replayedPlaces } from "./replayed-places.ts";
import { replayedAlert, type ReplayedAlert, type ReplayError } from "./replayed-alert.ts";

/** An alert that is replayed. */
export interface ReplayEntry {
  readonly name: string;
  readonly task: AlertTask<unknown>;
  readonly schedule: Schedule;
  /** The source that it is given. Default: the service's own events. */
  readonly source?: string | undefined;
}

export interface ReplayOptions {
  /** Fields that the pack declares. Default: none. */
  readonly fields?: FieldKinds;
  /** Sources by their names; their events are those of the feeds. Default: none. */
  readonly sources?: Sources;
  readonly from: Date;
  readonly to: Date;
  readonly services: AlertServices;
  /** Where an earlier replay was broken off. */
  readonly resumed: Checkpoint | null;
  /** Called after each day with all that is needed to go on from there. */
  readonly onDay: (checkpoint: Omit<Checkpoint, "key">) => void;
  /** Called after each slot with the share of time that is done, from 0 to 1. */
  readonly onProgress: (share: number, slot: Date) => void;
}

export interface Replay {
  readonly alerts: readonly ReplayedAlert[];
  readonly slots: number;
  readonly errors: readonly ReplayError[];
  /** Events that no alert could see, of those received by the last slot. */
  readonly refused: RefusedEvents;
}

/**
 * Runs alerts at every slot of their schedules over stored events, in a store of their own. An event is there from the moment it
 * was received, in the index of its day, exactly as in the service; nothing else is written anywhere.
 */
export const replay = async (
  entries: readonly ReplayEntry[],
  feeds: readonly Feed[],
  options: ReplayOptions,
): Promise<Replay> => {
  const { from, to, resumed } = options;
  const start = resumed === null ? from : new Date(resumed.slot);
  const site = await createTestSite({ now: start.toISOString(), elasticsearch: "", fields: options.fields ?? {} });
  const store = createAlertStore({ client: site.client, hostname: "backtest" });
  const places = replayedPlaces(feeds, options.sources);
  try {
    const intake = intakeOf(store, feeds, resumed?.marks ?? {});
    await restoreKept(store, resumed);
    const alerts = [...(resumed?.alerts ?? [])];
    const errors = [...(resumed?.errors ?? [])];
    const before = resumed?.slots ?? 0;
    let slots = before;
    let day = dayOf(start);
    for (const { slot, due } of slotsOf(entries, { after: start, includesStart: resumed === null, to })) {
      if (dayOf(slot) !== day) {
        // Before its first slot, what was resumed is not in the store yet.
        if (slots > before)
          options.onDay({ slot: site.now, slots, alerts, errors, ...(await contentsOf(store, places.indices)) });
        day = dayOf(slot);
        await rotateIndices(store, slot);
      }
      site.now = slot.toISOString();
      await intake.until(slot);
      const run = await runDue(store, due, { ...options.services, places, now: slot });
      alerts.push(...run.alerts);
      errors.push(...run.errors);
      slots++;
      // A store in memory never waits: without a pause no message would come in or go out before the end.
      await setImmediate();
      options.onProgress((slot.getTime() - from.getTime()) / Math.max(1, to.getTime() - from.getTime()), slot);
    }
    return { alerts, slots, errors, refused: intake.refused() };
  } finally {
    await site.close();
  }
};

const dayOf = (time: Date): string => time.toISOString().slice(0, 10);

interface DueSlot {
  readonly slot: Date;
  readonly due: readonly ReplayEntry[];
}

/** The slots of all schedules in order, each with what is due at it. */
const slotsOf = (
  entries: readonly ReplayEntry[],
  { after, includesStart, to }: { readonly after: Date; readonly includesStart: boolean; readonly to: Date },
): readonly DueSlot[] => {
  const first = includesStart ? new Date(after.getTime() - 1) : after;
  const due = new Map<number, ReplayEntry[]>();
  for (const entry of entries)
    for (const slot of slotsBetween(entry.schedule, first, to, Number.POSITIVE_INFINITY).slots)
      due.set(slot.getTime(), [...(due.get(slot.getTime()) ?? []), entry]);
  return [...due].sort(([a], [b]) => a - b).map(([ms, list]) => ({ slot: new Date(ms), due: list }));
};

const restoreKept = async (store: AlertStore, resumed: Checkpoint | null): Promise<void> => {
  const kept = resumed?.kept ?? [];
  if (kept.length === 0) return;
  await ensureIndices(
    store,
    kept.map(({ index }) => index),
  );
  await store.client.bulk({
    refresh: true,
    operations: kept.flatMap(({ index, id, source }) => [{ index: { _index: index, _id: id } }, source]),
  });
};

const runDue = async (
  store: AlertStore,
  due: readonly ReplayEntry[],
  { places, ...options }: AlertServices & { readonly now: Date; readonly places: ReplayedPlaces },
): Promise<Pick<Replay, "alerts" | "errors">> => {
  const fields = new Map<string, readonly string[]>();
  const { sources } = places;
  const tasks = new Map(due.map(({ name, task }) => [name, task]));
  const results = await runHosted(
    store,
    inProcessHost({ store, services: options, sources, tasks }),
    due.map(({ name, source }) => ({ id: name, name, source })),
    {
      ...options,
      sources,
      rewrite: (searches) => {
        for (const { name, search, source } of searches)
          fields.set(
            name,
            kindOf(search)
              .groupedBy(search)
              .map((field) => askedField(source, field)),
          );
        return searches.map(places.moved);
      },
    },
  );
  const slot = options.now;
  return {
    alerts: results.flatMap(({ alerts }) =>
      alerts.map((alert) => replayedAlert(alert, slot, fields.get(alert._source.classname) ?? [])),
    ),
    errors: results.flatMap((result) => errorsOf(result, slot)),
  };
};

const errorsOf = ({ task, errors }: RunResult, slot: Date): readonly ReplayError[] =>
  errors.map((error) => ({
    name: task,
    slot: slot.toISOString(),
    message: error instanceof AlertError ? error.message : `${error.code}: ${error.message}`,
  }));
