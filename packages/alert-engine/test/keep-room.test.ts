import { type EventRoom, roomKeeper } from "@mozdef/alert-engine";
import { eventIndex, prepareTomorrow, rotateIndices } from "@mozdef/alert-store";
import { describe, expect, it } from "vitest";
import { silencePack } from "./scheduled-alerts.ts";
import { testEngine } from "./test-engine.ts";

const DAYS = ["2026-01-02T00:00:00Z", "2026-01-03T00:00:00Z", "2026-01-04T00:00:00Z"].map((day) => new Date(day));
const today = new Date("2026-01-04T12:00:00Z");

const withDays = async () => {
  const engine = await testEngine([silencePack]);
  const { store } = engine;
  for (const day of DAYS) await rotateIndices(store, day);
  await prepareTomorrow(store, today);
  await store.client.indices.create({ index: store.names.physical("events-20200101") });
  const days = async () =>
    Object.keys(await store.client.indices.get({ index: store.names.physical("events-*"), expand_wildcards: "open" }))
      .map(store.names.logical)
      .sort();
  /** Room that is full the first times that it is asked for. */
  const fullFor = (times: number, full: Partial<EventRoom>) => {
    let asked = 0;
    return (): EventRoom => ({ bytes: 10, limitBytes: 100, refusal: null, ...(asked++ < times && full) });
  };
  return { ...engine, days, fullFor };
};

describe("roomKeeper", () => {
  it("deletes nothing while there is room, or nobody knows", async () => {
    const { store, days, fullFor } = await withDays();
    const before = await days();
    await roomKeeper(store, fullFor(0, {})).keep(today);
    await roomKeeper(store, () => null).keep(today);
    expect(await days()).toEqual(before);
  });

  it.each([{ bytes: 96 }, { refusal: "the disk is full" }])("deletes the oldest days while %j", async (full) => {
    const { store, observer, days, fullFor } = await withDays();
    const [foreign, oldest, second, ...rest] = await days();
    const keeper = roomKeeper(store, fullFor(2, full), observer);
    await keeper.keep(today);
    expect(await days()).toEqual([foreign, ...rest]);
    expect(rest.length).toBeGreaterThan(2);
    expect(keeper.deleted).toEqual([
      { index: second, at: today },
      { index: oldest, at: today },
    ]);
    expect(observer.onRoomMade).toHaveBeenCalledTimes(2);
  });

  it("never deletes the present day, nor what it did not make", async () => {
    const { store, days } = await withDays();
    await roomKeeper(store, () => ({ bytes: 1, limitBytes: 1, refusal: "full" })).keep(today);
    expect(await days()).toEqual(["events-20200101", eventIndex(today), eventIndex(today, -1)]);
  });
});
