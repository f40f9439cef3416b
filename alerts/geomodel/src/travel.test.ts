import { describe, expect, test } from "vitest";
import type { Locality } from "./locality.ts";
import { distanceKm, hopsOf, inTimeOrder, isTravelPossible, secondsBetween } from "./travel.ts";

const NOW = Date.parse("2017-01-01T01:00:00Z");
const place = (latitude: number, longitude: number, secondsAgo = 0, radius = 50): Locality => ({
  sourceipaddress: "192.0.2.7",
  city: "City",
  country: "US",
  lastaction: new Date(NOW - secondsAgo * 1_000),
  latitude,
  longitude,
  radius,
});
const toronto = (secondsAgo: number) => place(43.6529, -79.3849, secondsAgo);
const sanFrancisco = (secondsAgo: number) => place(37.773972, -122.431297, secondsAgo);

describe("distanceKm", () => {
  test("is that of the sphere", () => {
    expect(distanceKm(toronto(0), sanFrancisco(0))).toBeCloseTo(3645.78, 2);
    expect(distanceKm(place(45.3397, -72.013), place(45.3879, -71.8988))).toBeCloseTo(10.41, 2);
  });
  test("is nothing between equal places and half the globe between opposite ones", () => {
    expect(distanceKm(toronto(0), toronto(0))).toBe(0);
    expect(distanceKm(place(0, 0), place(0, 180))).toBeCloseTo(6_373 * Math.PI, 6);
  });
});

test("secondsBetween counts either way", () => {
  expect(secondsBetween(toronto(60), toronto(0))).toBe(60);
  expect(secondsBetween(toronto(0), toronto(60))).toBe(60);
});

describe("isTravelPossible", () => {
  test("within ten hours, not within one", () => {
    expect(isTravelPossible(sanFrancisco(36_000), toronto(300))).toBe(true);
    expect(isTravelPossible(sanFrancisco(3_600), toronto(300))).toBe(false);
  });
  test("San Francisco to Toronto takes at least 12944.8 seconds", () => {
    expect(isTravelPossible(sanFrancisco(12_945), toronto(0))).toBe(true);
    expect(isTravelPossible(sanFrancisco(12_944), toronto(0))).toBe(false);
  });
  test("the way across the smaller radius is free", () => {
    expect(isTravelPossible(place(0, 0, 0, 50), place(0, 0.449, 0, 90))).toBe(true);
    expect(isTravelPossible(place(0, 0, 0, 40), place(0, 0.449, 0, 90))).toBe(false);
  });
});

test("hopsOf finds each way of three cities, in time order", () => {
  const way = inTimeOrder([place(59.9343, 30.3351), toronto(120), sanFrancisco(300)]);
  expect(way.map(({ latitude }) => latitude)).toEqual([37.773972, 43.6529, 59.9343]);
  expect(hopsOf(way)).toEqual([
    { origin: way[0], destination: way[1] },
    { origin: way[1], destination: way[2] },
  ]);
  expect(hopsOf([toronto(0)])).toEqual([]);
});
