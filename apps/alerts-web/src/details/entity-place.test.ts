import { expect, it } from "vitest";
import { placeOf } from "./entity-place.ts";

const MOZDEF = {
  details: {
    ...{ sourceipaddress: "192.0.2.7", destinationipaddress: "192.0.2.8" },
    sourceipgeolocation: { city: "Bern", country_name: "Switzerland", country_code: "CH" },
    destinationipgeolocation: { country_code: "\u202eCH" },
  },
};
const ECS = {
  "source.ip": ["192.0.2.9"],
  source: { geo: { country_name: "Chile" }, as: { number: 64_500, organization: { name: "Example" } } },
};
const LOOKED_UP = {
  details: { geoip: [{ ip: "192.0.2.1", city: "Basel", asn: 64_501, organization: "Other" }, null] },
};

it.each([
  ["192.0.2.7", "Bern, Switzerland"],
  ["192.0.2.8", "\\u202eCH"],
  ["192.0.2.9", "Chile · AS64500 Example"],
  ["192.0.2.1", "Basel · AS64501 Other"],
  ["192.0.2.2", undefined],
])("%s is in %s", (address, place) => expect(placeOf(address, [LOOKED_UP, MOZDEF, ECS])).toBe(place));
