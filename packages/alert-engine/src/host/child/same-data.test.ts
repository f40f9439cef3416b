import { deserialize, serialize } from "node:v8";
import { describe, expect, it } from "vitest";
import { isSameData } from "./same-data.ts";

const isStill = (before: unknown, now: unknown): boolean => isSameData(deserialize(serialize(before)), now);

const isItself = (value: unknown): boolean => isStill(value, value);

describe("data that is compared with a copy made before", () => {
  it("is the same when every value of it is", () => {
    const data = { a: [1, "x", null, undefined, Number.NaN, -0, true, 5n], b: { c: { d: [] } } };
    expect(isItself(data)).toBe(true);
    expect(isItself(Object.freeze(structuredClone(data)))).toBe(true);
  });

  it("differs by each value, name, length and kind", () => {
    const pairs: readonly (readonly [unknown, unknown])[] = [
      ...([
        [1, 2],
        [1, "1"],
        [0, -0],
        [null, undefined],
        [null, {}],
        [{}, null],
        [[], {}],
        [{}, []],
      ] as const),
      ...([
        [[1], [1, 2]],
        [
          [1, 2],
          [2, 1],
        ],
        [{ a: 1 }, { b: 1 }],
        [{ a: undefined }, { b: undefined }],
      ] as const),
      ...([
        [{ a: 1 }, { a: 1, b: 1 }],
        [{ a: { b: [1] } }, { a: { b: [2] } }],
      ] as const),
    ];
    for (const [before, now] of pairs) expect([before, now, isStill(before, now)]).toEqual([before, now, false]);
  });

  it("differs when it cannot be said for certain", () => {
    class Named {
      readonly a = 1;
    }
    const match = /b/.exec("abc");
    const strange = [new Date(0), new Map([[1, 2]]), new Set([1]), /x/, new Uint8Array(2), new Named(), match];
    for (const value of strange) expect([value, isItself(value)]).toEqual([value, false]);
    expect([isStill({}, new Map()), isStill({ a: 1 }, new Named()), isStill({}, Object.create(null))]).toEqual([
      ...[false, false, false],
    ]);
  });

  it("is not asked of another object's prototype", () => {
    expect(isStill({ toString: 1 }, { valueOf: 1 })).toBe(false);
    const own: unknown = JSON.parse('{"__proto__":{"a":1}}');
    expect(isItself(own)).toBe(true);
    expect(isStill(own, JSON.parse('{"__proto__":{"a":2}}'))).toBe(false);
  });

  it("ends, however deep, wide or circular it is", () => {
    const circle: Record<string, unknown> = {};
    circle.self = circle;
    expect(isItself(circle)).toBe(false);
    let twice: unknown = [];
    for (let depth = 0; depth < 60; depth += 1) twice = [twice, twice];
    expect(isItself(twice)).toBe(false);
    expect(isItself(Array.from({ length: 20_000 }, () => 1))).toBe(false);
  });
});
