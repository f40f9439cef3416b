import type { Service } from "./service.ts";

/** What became of the slots of an alert that runs each second. All alerts of the bench run at the same slots. */
export interface Slots {
  readonly run: number;
  /** Between the first and the last. */
  readonly missed: number;
  readonly failed: number;
}

interface Runs {
  readonly runs: readonly { readonly slot: string; readonly health: string }[];
}

/** Of the alert `bench:0`, at most the last thousand. */
export const slotsOf = async (service: Service, from: number, to: number): Promise<Slots> => {
  const { runs } = await service.get<Runs>("/api/runs?alert=bench%3A0&ticks=1000");
  const within = runs.filter(({ slot }) => Date.parse(slot) >= from && Date.parse(slot) <= to);
  const times = new Set(within.map(({ slot }) => Date.parse(slot)));
  const [first, last] = [Math.min(...times), Math.max(...times)];
  const due = times.size === 0 ? 0 : Math.round((last - first) / 1_000) + 1;
  return {
    run: times.size,
    missed: due - times.size,
    failed: within.filter(({ health }) => health !== "ok").length,
  };
};
