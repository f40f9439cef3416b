import { expect, test } from "vitest";
import { localitiesOfState, localityOfEvent, storedLocality } from "./locality.ts";

const now = new Date("2017-01-01T01:00:00Z");
const options = { now, radius: 50 };
const geo = { city: "Toronto", country_code: "CA", latitude: 43.6529, longitude: -79.3849 };
const event = (change: object = {}, stamp: unknown = "2017-01-01T00:59:00+00:00") => ({
  _source: {
    utctimestamp: stamp,
    details: { sourceipaddress: "192.0.2.7", sourceipgeolocation: { ...geo, ...change } },
  },
});
const stored = {
  sourceipaddress: "192.0.2.7",
  city: "Toronto",
  country: "CA",
  lastaction: "2017-01-01T00:59:00+00:00",
  latitude: 43.6529,
  longitude: -79.3849,
  radius: 50,
};

test("an event with a place becomes a locality", () => {
  const locality = localityOfEvent(event(), options);
  expect(locality).toEqual({ ...stored, lastaction: new Date("2017-01-01T00:59:00Z") });
  expect(locality && storedLocality(locality)).toEqual(stored);
});

test("an event without a time counts as of now", () => {
  expect(localityOfEvent(event({}, null), options)?.lastaction).toEqual(now);
});

test.each(["city", "country_code", "latitude", "longitude"])("an event without %s has no locality", (key) => {
  expect(localityOfEvent(event({ [key]: null }), options)).toBeNull();
});

test("neither has one without an address, with text for a number or with an unreadable time", () => {
  expect(localityOfEvent({ _source: { details: { sourceipgeolocation: geo } } }, options)).toBeNull();
  expect(localityOfEvent(event({ latitude: "43.6" }), options)).toBeNull();
  expect(localityOfEvent(event({}, "yesterday"), options)).toBeNull();
  expect(localityOfEvent(event({}, true), options)).toBeNull();
});

test("a state is read back, a malformed one counts as none", () => {
  expect(localitiesOfState({ localities: [stored] })).toEqual([
    { ...stored, lastaction: new Date("2017-01-01T00:59:00Z") },
  ]);
  for (const localities of [undefined, "x", [null], [{ ...stored, radius: undefined }], [stored, {}]])
    expect(localitiesOfState({ localities })).toEqual([]);
});
