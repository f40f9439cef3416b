import { expect, it } from "vitest";
import { searchTextOf } from "./entity-search.ts";

const EVENTS = [
  {
    ...{ _index: "events", _id: "1" },
    _source: {
      hostname: "web1",
      processid: "22",
      details: { sourceipaddress: "192.0.2.7", seen: ["192.0.2.8", "192.0.2.7"], destinationport: 22, username: "ann" },
    },
  },
];

it.each([
  ["ip", "192.0.2.7", 'details.sourceipaddress:"192.0.2.7" OR details.seen:"192.0.2.7"'],
  ["user", "ann", 'details.username:"ann"'],
  ["host", "web1", 'hostname:"web1"'],
  ["port", "22", 'details.destinationport:"22"'],
  ["user", 'a"b', '"a\\"b"'],
] as const)("finds events about the %s %s", (kind, value, text) =>
  expect(searchTextOf({ kind, value }, EVENTS)).toBe(text),
);
