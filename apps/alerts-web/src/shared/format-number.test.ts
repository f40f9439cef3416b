import { expect, it } from "vitest";
import { counted, formatBytes, formatDuration } from "./format-number.ts";

it.each([
  [0, "0 bytes"],
  [1, "1 byte"],
  [1_023, "1,023 bytes"],
  [1_024, "1 KiB"],
  [1_536, "1.5 KiB"],
  [456_340_275, "435 MiB"],
  [3 * 1_024 ** 5, "3072 TiB"],
])("shows %i bytes as %s", (bytes, text) => expect(formatBytes(bytes)).toBe(text));

it.each([
  [0, "under a second"],
  [999, "under a second"],
  [12_400, "12 s"],
  [60_000, "1 min"],
  [185_000, "3 min 5 s"],
  [2 * 86_400_000 + 4 * 3_600_000 + 59_000, "2 d 4 h"],
  [86_400_000 + 60_000, "1 d"],
])("shows %i ms as %s", (ms, text) => expect(formatDuration(ms)).toBe(text));

it("counts", () => {
  expect(counted(1, "event")).toBe("1 event");
  expect(counted(12_345, "event")).toBe("12,345 events");
  expect(counted(2, "delivery", "deliveries")).toBe("2 deliveries");
});
