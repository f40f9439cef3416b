import { expect, test } from "vitest";
import type { Locality } from "./locality.ts";
import { withVisits } from "./user-state.ts";

const at = (
  minutesAgo: number,
  { sourceipaddress = "192.0.2.7", longitude = -79.3849, radius = 50 } = {},
): Locality => ({
  sourceipaddress,
  city: "Toronto",
  country: "CA",
  lastaction: new Date(Date.parse("2017-01-01T01:00:00Z") - minutesAgo * 60_000),
  latitude: 43.6529,
  longitude,
  radius,
});
const far = { longitude: -122.431297 };

test("a new place is added", () => {
  expect(withVisits([at(5)], [at(0, far)])).toEqual([at(5), at(0, far)]);
  expect(withVisits([], [at(0)])).toEqual([at(0)]);
});

test("a known place moves on to the newer visit", () => {
  expect(withVisits([at(9, far), at(5)], [at(0)])).toEqual([at(9, far), at(0)]);
});

test("an older visit changes nothing, also from another address", () => {
  expect(withVisits([at(5)], [at(6)])).toBeNull();
  expect(withVisits([at(5)], [at(6, { sourceipaddress: "192.0.2.8" })])).toBeNull();
});

test("a visit at the same time counts when it comes from another address", () => {
  const other = at(5, { sourceipaddress: "192.0.2.8" });
  expect(withVisits([at(5)], [other])).toEqual([other]);
  expect(withVisits([at(5)], [at(5)])).toBeNull();
});

test("places are the same within the smaller radius", () => {
  // 0.5 degrees of longitude are 40 km here.
  const near = { longitude: -79.8849 };
  expect(withVisits([at(5)], [at(0, near)])).toHaveLength(1);
  expect(withVisits([at(5)], [at(0, { ...near, radius: 30 })])).toHaveLength(2);
  expect(withVisits([at(5, { radius: 30 })], [at(0, near)])).toHaveLength(2);
});

test("of several visits the newest stays", () => {
  expect(withVisits([at(9)], [at(1), at(2), at(3, far)])).toEqual([at(1), at(3, far)]);
});
