import type { Backtest } from "@mozdef/alert-api";

/** What came of a backtest, in sentences. */
export const backtestText = ({ slots, alerts, added, cut, keepsState }: Backtest): readonly string[] => [
  `${counted(alerts, "alert")} at ${counted(slots, "slot")}${added > 0 ? `, and ${added} more would have been added to them` : ""}.`,
  ...(cut === "slots" ? ["There were more slots than a backtest runs: these are the newest."] : []),
  ...(cut === "time" ? ["It took too long: these are the oldest slots, the newer ones were not run."] : []),
  ...(keepsState
    ? ["The alert keeps something between its runs, which it did not have here: take the numbers as a guess."]
    : []),
];

const counted = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? "" : "s"}`;

/** A bar for each hour; its height is a share of the highest. */
export const barsOf = (
  hours: Backtest["hours"],
): readonly { readonly height: number; readonly alerts: number; readonly failed: number; readonly from: string }[] => {
  const most = Math.max(1, ...hours.map(({ alerts }) => alerts));
  return hours.map(({ from, alerts, failed }) => ({ from, alerts, failed, height: alerts / most }));
};
