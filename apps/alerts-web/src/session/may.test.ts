import { expect, it } from "vitest";
import { may } from "./may.ts";

const session = { name: "ann", required: true, password: true, provider: null };

it.each([
  ["read", ["read"]],
  ["handle", ["read", "handle"]],
  ["admin", ["read", "handle", "operate", "admin"]],
  ["metrics", []],
  ["intake", []],
] as const)("offers whoever has the scope %s: %j", (scope, offered) => {
  const all = ["read", "handle", "operate", "admin"] as const;
  expect(all.filter((needed) => may({ ...session, scope }, needed))).toEqual(offered);
});

it("offers nothing before somebody has signed in, and everything where nobody has to", () => {
  expect(may({ ...session, name: null, scope: null }, "read")).toBe(false);
  expect(may({ ...session, name: null, scope: null, required: false }, "admin")).toBe(true);
  expect(may(undefined, "admin")).toBe(true);
});
