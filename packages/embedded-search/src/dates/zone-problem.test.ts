import { expect, test } from "vitest";
import { zoneProblem } from "./zone-problem.ts";

test.each([
  "UTC",
  "GMT",
  "Z",
  "+1",
  "+01",
  "-0130",
  "+01:30",
  "+013000",
  "+01:30:00",
  "+18:00",
  "UTC+1",
  "Europe/Berlin",
  "Etc/GMT+5",
])("%s names a zone", (text) => {
  expect(zoneProblem(text)).toBeUndefined();
});

test.each([
  ["utc", "Unknown time-zone ID: utc"],
  ["europe/Berlin", "Unknown time-zone ID: europe/Berlin"],
  ["Europe/berlin", "Unknown time-zone ID: Europe/berlin"],
  ["z", "Invalid ID for ZoneOffset, invalid format: z"],
  ["+01:0", "Invalid ID for ZoneOffset, non numeric characters found: +01:0"],
  ["+01-30", "Invalid ID for ZoneOffset, colon not found when expected: +01-30"],
  ["+19", "Zone offset hours not in valid range: value 19 is not in the range -18 to 18"],
  ["-18:01", "Zone offset not in valid range: -18:00 to +18:00"],
  ["Europe Berlin", "Invalid ID for region-based ZoneId, invalid format: Europe Berlin"],
])("%s is none", (text, reason) => {
  expect(zoneProblem(text)?.reason).toBe(reason);
});
