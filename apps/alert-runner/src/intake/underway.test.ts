import { FakeClock } from "@mozdef/alert-engine/testing";
import { expect, it } from "vitest";
import { Underway } from "./underway.ts";

const at = (second: number): Date => new Date(1_700_000_000_000 + second * 1_000);

it("waits for what was received before, and for nothing that came later", async () => {
  const underway = new Underway();
  const clock = new FakeClock(at(0).toISOString());
  const told: number[] = [];
  for (const second of [1, 1, 3]) underway.begin(at(second));
  await underway.settled(at(0), clock);
  const waits = [1, 2].map((second) => underway.settled(at(second), clock).then(() => told.push(second)));
  underway.end(at(1));
  await Promise.resolve();
  expect(told).toEqual([]);
  underway.end(at(1));
  await Promise.all(waits);
  expect(told).toEqual([1, 2]);
});

it("waits two seconds at most", async () => {
  const underway = new Underway();
  const clock = new FakeClock(at(0).toISOString());
  underway.begin(at(0));
  const settled = underway.settled(at(0), clock);
  clock.set(at(2).toISOString());
  await settled;
});
