import { expect, it } from "vitest";
import { mutingsOf } from "./muted-by.ts";

it.each([
  [
    { kind: "silence", id: "s1", reason: "silence of ann: \u202escan" },
    { text: "a silence: silence of ann: \\u202escan", href: "/silences" },
  ],
  [{ kind: "window", id: "night", reason: "maintenance window" }, { text: "the maintenance window night" }],
  [
    { kind: "inhibition", id: "a/b", reason: "AlertX is open: x" },
    { text: "another alert that speaks for it: AlertX is open: x", href: "/alerts/a%2Fb" },
  ],
  [{ kind: "new", id: 7 }, { text: "new" }],
])("reads %j", (entry, muting) => expect(mutingsOf([entry])).toEqual([{ href: undefined, ...muting }]));

it.each([undefined, "x", [null, 7], {}])("has nothing to read in %j", (mutedby) =>
  expect(mutingsOf(mutedby)).toEqual([]),
);
