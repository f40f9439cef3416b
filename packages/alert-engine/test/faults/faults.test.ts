import { describe, expect, it } from "vitest";
import { documentsOf } from "../open-store.ts";
import { faultyStore, type FaultyStore } from "./fault-layer.ts";
import { type Fault, FAULTS } from "./strikes.ts";
import { createWorld, type Instance, type STARTS, type World } from "./world.ts";

/** Minutes in which events arrive, and such in which what failed is done again. */
const [BUSY, ALL] = [3, 5];

/** Whether the store answered is all that a tick that throws says: the loop comes again. */
const tick = async (instance: Instance): Promise<void> => {
  try {
    await instance.tick();
  } catch {
    return;
  }
};

/** Like the loop of the service, which begins anew until the store answers. */
const start = async (world: World, { store, isDead }: FaultyStore): Promise<Instance | null> => {
  for (let attempt = 0; attempt < 5 && !isDead(); attempt += 1)
    try {
      return await world.start(store);
    } catch {
      continue;
    }
  return null;
};

/** From the second of a minute on, three looks at the clock. */
const runMinute = async (world: World, instance: Instance, number: number): Promise<void> => {
  for (const seconds of [0, 15, 25]) {
    world.setClock(number, seconds);
    await tick(instance);
  }
};

const MINUTES = Array.from({ length: ALL }, (_, index) => index + 1);

/** What happens beside the fault. */
interface Plot {
  readonly begin: keyof typeof STARTS;
  /** After this minute the first instance is stopped, and another one goes on. */
  readonly handOver?: number;
}

const PLAIN: Plot = { begin: "day" };
const MIDNIGHT: Plot = { begin: "midnight", handOver: 2 };

/** What one instance makes of all minutes, and others that take over when it dies, is paused or is stopped. */
const play = async (
  { begin, handOver }: Plot,
  fault: Fault,
  at?: number,
): Promise<{ readonly result: unknown; readonly faulty: FaultyStore }> => {
  const world = await createWorld(begin);
  // It is recorded where the alerts begin: what came before, nobody can know.
  await world.start(world.store);
  const faulty = faultyStore(world.store, fault, at);
  const first = start(world, faulty);
  await Promise.race([first, faulty.paused]);
  let instance = (await Promise.race([first, faulty.paused])) ?? null;
  /** What a paused process was doing. */
  const halted: Promise<unknown>[] = [];
  /** @returns false when the process was paused by it. */
  const isDone = async (work: Promise<unknown>): Promise<boolean> => {
    if (halted.length === 0 && (await Promise.race([work, faulty.paused.then(() => PAUSED)])) === PAUSED) {
      halted.push(work);
      return false;
    }
    await work;
    return true;
  };
  for (const number of MINUTES) {
    if (number <= BUSY) await world.arrive(number);
    world.setClock(number);
    // Whoever takes over knows nothing but the store.
    instance ??= await world.start(world.store);
    if (!(await isDone(runMinute(world, instance, number)))) {
      instance = await world.start(world.store);
      await runMinute(world, instance, number);
    }
    if (faulty.isDead()) instance = null;
    if (number !== handOver || instance === null) continue;
    await isDone(instance.stop());
    instance = null;
  }
  faulty.resume();
  await Promise.all(halted);
  // Whoever comes after it all finishes what is left.
  await tick(await world.start(world.store));
  return { result: await world.result(), faulty };
};

const PAUSED = Symbol("paused");

const UNDISTURBED = new Map<Plot, Promise<{ readonly expected: unknown; readonly requests: number }>>();

/** What it is compared with. */
const undisturbed = (plot: Plot) => {
  const known =
    UNDISTURBED.get(plot) ??
    play(plot, "never sent").then(({ result, faulty }) => ({ expected: result, requests: faulty.requests() }));
  UNDISTURBED.set(plot, known);
  return known;
};

// On a cluster each takes some seconds: there every fault strikes other requests.
const isOnCluster = process.env.MOZDEF_TEST_ELASTICSEARCH !== undefined;

const PLOTS: readonly (readonly [string, Plot, number])[] = [
  ["a request", PLAIN, isOnCluster ? 31 : 1],
  ["a request, over midnight and a hand-over", MIDNIGHT, isOnCluster ? 61 : 5],
];

describe.each(PLOTS)("whatever happens to %s", (_, plot, step) => {
  it("the undisturbed run, which it is compared with, has alerted for everything once", async () => {
    const { expected, requests } = await undisturbed(plot);
    expect(expected).toMatchObject({ kept: { count: 18, different: 18 }, gaps: [] });
    // Those that end by themselves have ended, too.
    const { alerts } = expected as { readonly alerts: readonly Readonly<Record<string, unknown>>[] };
    expect(alerts.filter(({ closereason }) => closereason === "resolved")).toHaveLength(2);
    expect(requests).toBeGreaterThan(20);
  });

  it.each(FAULTS)(
    "%s: alerts, coverage, state, deliveries and slots are those of an undisturbed run",
    async (fault) => {
      const { expected, requests } = await undisturbed(plot);
      for (let at = FAULTS.indexOf(fault) % step; at < requests; at += step) {
        const { result, faulty } = await play(plot, fault, at);
        expect({ fault, at, hasStruck: faulty.hasStruck() }).toEqual({ fault, at, hasStruck: true });
        expect(result, `${fault}, request ${at}`).toEqual(expected);
      }
    },
    600_000,
  );
});

describe("two instances that both run the alerts", () => {
  it("at the same time make of them what one does", async () => {
    const { expected } = await undisturbed(PLAIN);
    const world = await createWorld();
    const instances = [await world.start(faultyStore(world.store, "never sent").store), await world.start(world.store)];
    for (const number of MINUTES) {
      if (number <= BUSY) await world.arrive(number);
      world.setClock(number);
      await Promise.all(instances.map(tick));
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
    const { expected } = await undisturbed(PLAIN);
    const world = await createWorld();
    const instance = await world.start(world.store);
    for (const number of MINUTES) {
      if (number <= BUSY) await world.arrive(number);
      await runMinute(world, instance, number);
    }
    expect(await world.result()).toEqual(expected);
    const [first] = (await documentsOf(world.store, index)).filter(({ _source }) => _source.type !== "begin");
    const place = { index: world.store.names.physical(first?._index ?? ""), id: first?._id ?? "" };
    await world.store.client.delete({ ...place, refresh: true });
    expect(await world.result()).not.toEqual(expected);
  });
});
