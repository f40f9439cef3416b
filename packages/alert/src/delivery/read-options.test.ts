import { expect, it } from "vitest";
import { z } from "zod";
import { readOptions } from "./read-options.ts";

const schema = z.strictObject({
  url: z.string(),
  most: z.number().default(7),
  by: z.record(z.string().max(3, "expected a short name"), z.string()).default({}),
});

it("fills in what is not said", () => {
  expect(readOptions("ACTION_INVALID", "hook", schema, { url: "u" })).toEqual({ url: "u", most: 7, by: {} });
});

it.each([
  [{}, "The options of hook are wrong: url: Invalid input"],
  [{ url: "u", a: 1 }, '(whole): Unrecognized key: "a"'],
  [{ url: "u", by: { long: "x" } }, "by.long: expected a short name"],
])("names each key of %j that is wrong", (options, message) => {
  expect(() => readOptions("PLUGIN_INVALID", "hook", schema, options)).toThrow(
    expect.objectContaining({ code: "PLUGIN_INVALID", message: expect.stringContaining(message) as string }),
  );
});
