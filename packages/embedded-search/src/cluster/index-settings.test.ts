import { expect, it } from "vitest";
import { ApiError } from "../errors/api-error.ts";
import { parseSettings } from "./index-settings.ts";

const statusOf = (settings: Record<string, string>): number => {
  try {
    parseSettings({ index: settings });
    return 200;
  } catch (error) {
    return error instanceof ApiError ? error.status : 500;
  }
};

it.each(["number_of_replicas", "auto_expand_replicas", "codec", "translog.durability"])(
  "keeps %s, which changes nothing here",
  (name) => {
    expect(statusOf({ [name]: "1" })).toBe(200);
  },
);

it.each([
  "hidden",
  "blocks.write",
  "max_result_window",
  "query.default_field",
  "mapping.coerce",
  "mapping.field_name_length.limit",
])("answers 501 to %s, which would change answers", (name) => {
  expect(statusOf({ [name]: "1" })).toBe(501);
});

it("answers 400 to a setting that does not exist", () => {
  expect(statusOf({ number_of_replica: "1" })).toBe(400);
});
