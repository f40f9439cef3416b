import { expect, it } from "vitest";
import { draftOf, inputOf } from "./schedule-draft.ts";

it.each([
  [90, "90", "seconds"],
  [300, "5", "minutes"],
  [7_200, "2", "hours"],
  [172_800, "2", "days"],
  [0.5, "0.5", "seconds"],
] as const)("writes %d seconds as %s %s", (seconds, amount, unit) => {
  const draft = draftOf({ interval: { seconds } });
  expect(draft).toMatchObject({ kind: "interval", amount, unit });
  expect(inputOf(draft)).toEqual({ interval: { [unit]: Number(amount) } });
});

it("gives a crontab back as it was", () => {
  const crontab = {
    ...{ minute: "0", hour: "9", dayOfWeek: "mon-fri", dayOfMonth: "*", monthOfYear: "*" },
    timezone: "Europe/Berlin",
  };
  expect(inputOf(draftOf({ crontab }))).toEqual({ crontab });
  expect(inputOf({ ...draftOf({ crontab }), timezone: " " })).toEqual({ crontab: { ...crontab, timezone: "UTC" } });
});
