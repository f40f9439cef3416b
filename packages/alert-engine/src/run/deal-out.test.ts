import { expect, it } from "vitest";
import { dealOut } from "./deal-out.ts";

it("gives each list its own, in order", () => {
  expect(dealOut([1, 2, 3], [1, 0, 2])).toEqual([[1], [], [2, 3]]);
});
