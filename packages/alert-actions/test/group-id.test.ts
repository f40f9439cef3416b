import { expect, it } from "vitest";
import { groupId } from "../src/group-id.ts";
import { message } from "./receiver.ts";

it("is the id of an alert, or the name and group of one with quietFor", () => {
  expect(groupId(message(), 255)).toBe("abc");
  expect(groupId(message({ groupkey: "192.0.2.7" }), 255)).toBe("AlertBruteforceSsh 192.0.2.7");
});

it.each(["x".repeat(300), "two\nlines", "\u202Etxt"])(
  "is a hash of the group %j, which no receiver would take",
  (groupkey) => {
    const id = groupId(message({ groupkey }), 255);
    expect(id).toMatch(/^[0-9a-f]{64}$/);
    expect(groupId(message({ groupkey: `${groupkey}.` }), 255)).not.toBe(id);
    expect(groupId({ ...message({ groupkey }), _id: "other" }, 255)).toBe(id);
  },
);
