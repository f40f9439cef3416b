import type { Locality } from "./locality.ts";

const EARTH_RADIUS_KM = 6_373;
/** 1,000 km/h: faster than any airliner. */
const METRES_PER_SECOND = 277.778;

/** Distance on the sphere in kilometres, by the haversine formula. */
export const distanceKm = (a: Locality, b: Locality): number => {
  const [latitudeA, latitudeB] = [radians(a.latitude), radians(b.latitude)];
  const half =
    Math.sin((latitudeB - latitudeA) / 2) ** 2 +
    Math.cos(latitudeA) * Math.cos(latitudeB) * Math.sin(radians(b.longitude - a.longitude) / 2) ** 2;
  return EARTH_RADIUS_KM * 2 * Math.atan2(Math.sqrt(half), Math.sqrt(1 - half));
};

const radians = (degrees: number): number => degrees * (Math.PI / 180);

/** Seconds between two localities, whichever came first. */
export const secondsBetween = (a: Locality, b: Locality): number =>
  Math.abs(b.lastaction.getTime() - a.lastaction.getTime()) / 1_000;

/** Whether somebody can have been at both: places are only known within a radius, so the distance across it does not count. */
export const isTravelPossible = (a: Locality, b: Locality): boolean => {
  const free = Math.ceil((1_000 * Math.min(a.radius, b.radius)) / METRES_PER_SECOND);
  return (distanceKm(a, b) * 1_000) / METRES_PER_SECOND - free <= secondsBetween(a, b);
};

/** A trip that nobody can have made in the time. */
export interface Hop {
  readonly origin: Locality;
  readonly destination: Locality;
}

/** Trips between successive localities that nobody can have made. */
export const hopsOf = (localities: readonly Locality[]): readonly Hop[] =>
  localities.slice(1).flatMap((destination, index) => {
    const origin = localities[index];
    return origin === undefined || isTravelPossible(origin, destination) ? [] : [{ origin, destination }];
  });

/** By time; equal times keep their order. */
export const inTimeOrder = (localities: readonly Locality[]): readonly Locality[] =>
  [...localities].sort((a, b) => a.lastaction.getTime() - b.lastaction.getTime());
