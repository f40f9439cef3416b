import { expect, it } from "vitest";
import { isFrozenJson } from "./frozen-json.ts";

const frozen = (value: object): object => Object.freeze(value);

it.each([
  ["nothing in it", frozen({})],
  ["values", frozen({ a: 1, b: "x", c: null, d: true })],
  ["frozen objects", frozen({ a: frozen([frozen({ b: frozen([1]) })]) })],
])("can never change with %s", (_, value) => {
  expect([isFrozenJson(value), isFrozenJson(value)]).toEqual([true, true]);
});

it.each([
  ["what is not frozen", { a: 1 }],
  ["an object in it that is not", frozen({ a: frozen([{ b: 1 }]) })],
  [
    "a getter",
    frozen({
      get a() {
        return Math.random();
      },
    }),
  ],
])("can change with %s", (_, value) => {
  expect([isFrozenJson(value), isFrozenJson(value)]).toEqual([false, false]);
});
