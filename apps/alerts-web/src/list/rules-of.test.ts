import { expect, it } from "vitest";
import { rulesOf } from "./rules-of.ts";

const alert = (classname: unknown) => ({ _source: { classname, eventCount: 0 } });

it("names each rule once, and none of what is no name", () => {
  expect(rulesOf([alert("AlertB"), alert("AlertA"), alert("AlertB"), alert(""), alert(7), alert(undefined)])).toEqual([
    "AlertB",
    "AlertA",
  ]);
  expect(rulesOf([])).toEqual([]);
});
