import { describe, expect, it } from "vitest";
import { dealShards, ownerOf } from "./rendezvous.ts";

const names = (count: number): string[] => Array.from({ length: count }, (_, index) => `runner ${index}`);

describe("dealShards", () => {
  it.each([1, 2, 3, 4, 5, 7, 15, 16, 17, 40])("gives %i runners fair shares, each shard to one", (count) => {
    const dealt = [...dealShards(names(count), 16).values()];
    expect(dealt.flatMap((shards) => [...shards]).sort((a, b) => a - b)).toEqual(
      Array.from({ length: 16 }, (_, shard) => shard),
    );
    const sizes = dealt.map(({ size }) => size);
    expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(1);
  });

  it("says the same whatever the order of the runners", () => {
    expect(dealShards(names(3).reverse(), 16).get("runner 1")).toEqual(dealShards(names(3), 16).get("runner 1"));
  });

  it("has nobody to give anything to when there is no runner", () => {
    expect(dealShards([], 16).size).toBe(0);
  });
});

describe("ownerOf", () => {
  it("moves only the work of a runner that goes", () => {
    const work = Array.from({ length: 100 }, (_, index) => `target ${index}`);
    const before = work.map((one) => ownerOf(names(3), one));
    const after = work.map((one) => ownerOf(names(2), one));
    const moved = work.filter((_, index) => before[index] !== after[index]);
    expect(moved).toEqual(work.filter((_, index) => before[index] === "runner 2"));
    expect(new Set(before).size).toBe(3);
  });

  it("is nobody when there is no runner", () => {
    expect(ownerOf([], "target")).toBeNull();
  });
});
