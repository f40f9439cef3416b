import { expect, it } from "vitest";
import { isOwnIndex, sourceOf } from "./event-sources.ts";

const SOURCES = [
  { name: null, indices: ["events"], time: "utctimestamp" },
  { name: "archive", indices: ["logs-*"], time: "@timestamp" },
  { name: "north.a", indices: ["events-*"], time: "@timestamp" },
];

it.each([
  ["events", ""],
  ["events-20260101", ""],
  ["logs-nginx", "archive"],
  ["archive:other", "archive"],
  ["north.a:events-1", "north.a"],
  ["northxa:events-1", undefined],
  ["my-logs-1", undefined],
  ["", undefined],
])("%s is of %s", (index, source) => expect(sourceOf(index, SOURCES)).toBe(source));

it.each([
  ["events-20260101", true],
  ["eventstore", false],
  ["north.a:events-1", false],
])("%s is the service's own: %s", (index, isOwn) => expect(isOwnIndex(index)).toBe(isOwn));
