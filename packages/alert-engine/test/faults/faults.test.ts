import type { Scheduler } from "@mozdef/alert-engine";
import { describe, expect, it } from "vitest";
import { documentsOf } from "../open-store.ts";
import { type Fault, FAULTS, faultyStore, type FaultyStore } from "./fault-layer.ts";
import { createWorld, minute, type World } from "./world.ts";

/** Minutes in which events arrive, and such in which what failed is done again. */
const [BUSY, ALL] = [3, 5];

/** Whether the store answered is all that a tick that throws says: the loop comes again. */
const tick = async (scheduler: Scheduler): Promise<void> => {
  try {
    await (
      await scheduler.tick()
    ).done;
  } catch {
    return;
  }
};

/** Like the loop of the service, which begins anew until the store answers. */
const start = async (world: World, { store, isDead }: FaultyStore): Promise<Scheduler | null> => {
  for (let attempt = 0; attempt < 5 && !isDead(); attempt += 1)
    try {
      return await world.start(store);
    } catch {
      continue;
    }
  return null;
};

/** From the second of a minute on, three looks at the clock. */
const runMinute = async (world: World, scheduler: Scheduler, number: number): Promise<void> => {
  for (const seconds of [0, 15, 25]) {
    world.clock.set(new Date(Date.parse(minute(number)) + seconds * 1_000).toISOString());
    await tick(scheduler);
  }
};

const MINUTES = Array.from({ length: ALL }, (_, index) => index + 1);

/** What one instance makes of all minutes, and others that take over when it dies or is paused. */
const play = async (fault: Fault, at?: number): Promise<{ readonly result: unknown; readonly faulty: FaultyStore }> => {
  const world = await createWorld();
  // It is recorded where the alerts begin: what came before, nobody can know.
  await world.start(world.store);
  const faulty = faultyStore(world.store, fault, at);
  const first = start(world, faulty);
  await Promise.race([first, faulty.paused]);
  let scheduler = (await Promise.race([first, faulty.paused])) ?? null;
  let paused: Promise<void> | null = null;
  for (const number of MINUTES) {
    if (number <= BUSY) await world.arrive(number);
    world.clock.set(minute(number));
    // Whoever takes over knows nothing but the store.
    scheduler ??= await world.start(world.store);
    const running = runMinute(world, scheduler, number);
    const isPaused = paused === null && (await Promise.race([running, faulty.paused.then(() => true)])) === true;
    if (isPaused) {
      paused = running;
      scheduler = await world.start(world.store);
      await runMinute(world, scheduler, number);
    } else await running;
    if (faulty.isDead()) scheduler = null;
  }
  faulty.resume();
  await paused;
  // Whoever comes after it all finishes what is left.
  await tick(await world.start(world.store));
  return { result: await world.result(), faulty };
};

/** What it is compared with. */
const undisturbed = async () => {
  const { result, faulty } = await play("never sent");
  return { expected: result, requests: faulty.requests() };
};

describe("whatever happens to a request", () => {
  it("the undisturbed run, which it is compared with, has alerted for everything once", async () => {
    const { expected, requests } = await undisturbed();
    expect(expected).toMatchObject({ kept: { count: 18, different: 18 }, gaps: [] });
    expect(requests).toBeGreaterThan(20);
  });

  // On a cluster each takes some seconds: there every fault strikes other requests.
  const step = process.env.MOZDEF_TEST_ELASTICSEARCH === undefined ? 1 : 17;

  it.each(FAULTS)(
    "%s: alerts, coverage, state, deliveries and slots are those of an undisturbed run",
    async (fault) => {
      const { expected, requests } = await undisturbed();
      for (let at = FAULTS.indexOf(fault) % step; at < requests; at += step) {
        const { result, faulty } = await play(fault, at);
        expect({ fault, at, hasStruck: faulty.hasStruck() }).toEqual({ fault, at, hasStruck: true });
        expect(result, `${fault}, request ${at}`).toEqual(expected);
      }
    },
    600_000,
  );
});

describe("two instances that both run the alerts", () => {
  it("at the same time make of them what one does", async () => {
    const { expected } = await undisturbed();
    const world = await createWorld();
    const schedulers = [
      await world.start(faultyStore(world.store, "never sent").store),
      await world.start(world.store),
    ];
    for (const number of MINUTES) {
      if (number <= BUSY) await world.arrive(number);
      world.clock.set(minute(number));
      await Promise.all(schedulers.map(tick));
    }
    expect(await world.result()).toEqual(expected);
  });
});

describe("what it is compared with", () => {
  it.each([
    ["an alert that is lost", "alerts-*"],
    ["an event that is not covered", "coverage-*"],
    ["a delivery that is lost", "deliveries-*"],
    ["a slot that is lost", "slots-*"],
    ["what an alert keeps being lost", "localities"],
  ])("tells of %s", async (_, index) => {
    const { expected } = await undisturbed();
    const world = await createWorld();
    const scheduler = await world.start(world.store);
    for (const number of MINUTES) {
      if (number <= BUSY) await world.arrive(number);
      await runMinute(world, scheduler, number);
    }
    expect(await world.result()).toEqual(expected);
    const [first] = (await documentsOf(world.store, index)).filter(({ _source }) => _source.type !== "begin");
    const place = { index: world.store.names.physical(first?._index ?? ""), id: first?._id ?? "" };
    await world.store.client.delete({ ...place, refresh: true });
    expect(await world.result()).not.toEqual(expected);
  });
});
