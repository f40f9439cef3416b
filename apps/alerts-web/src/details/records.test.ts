import { expect, it } from "vitest";
import { recordsOf } from "./records.ts";

const EMPTY = { at: "", by: "", action: "", from: "", to: "", text: "", url: "", title: "" };

it("reads the entries of a list, whatever they have", () => {
  expect(recordsOf([{ by: "ann", text: 7, __proto__: { title: "x" } }, null, "x"])).toEqual([
    { ...EMPTY, by: "ann", text: "7" },
  ]);
});

it.each([undefined, null, "x", { by: "ann" }])("has nothing to read in %j", (list) => {
  expect(recordsOf(list)).toEqual([]);
});
