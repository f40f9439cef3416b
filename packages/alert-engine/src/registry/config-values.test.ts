import { expect, it } from "vitest";
import { configValues } from "./config-values.ts";

it("says of each value who gave it: the service before the pack", () => {
  const config = { threshold: 5, skip: ["a"], quiet: true };
  expect(configValues(config, { configuration: { threshold: 5 }, pack: { threshold: 3, skip: ["a"] } })).toEqual([
    { key: "threshold", value: 5, origin: "configuration" },
    { key: "skip", value: ["a"], origin: "pack" },
    { key: "quiet", value: true, origin: "default" },
  ]);
});

it("has nothing to say of an alert without configuration", () => {
  expect(configValues({}, { configuration: undefined, pack: undefined })).toEqual([]);
  expect(configValues(undefined, { configuration: undefined, pack: undefined })).toEqual([]);
});
