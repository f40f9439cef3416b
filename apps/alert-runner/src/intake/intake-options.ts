import type { AlertStore } from "@mozdef/alert-store";
import type { Clock } from "@mozdef/alert-engine";
import type { Limits } from "../config/config-schema.ts";
import type { Metrics } from "../metrics.ts";
import { isRefused, type Outcome, type SaveParsedOptions } from "./save-parsed.ts";

/** What the ways in for events need. */
export interface IntakeOptions {
  readonly store: AlertStore;
  readonly clock: Clock;
  readonly limits: Limits;
  readonly metrics: Metrics;
}

/** How events that come in now are saved. */
export const saveSettings = ({ clock, limits }: IntakeOptions): SaveParsedOptions => ({
  now: clock.now(),
  eventBytes: limits.eventBytes,
});

export const countOutcomes = ({ eventsSaved, eventsRefused }: Metrics, outcomes: readonly Outcome[]): void => {
  const refused = outcomes.filter(isRefused).length;
  eventsRefused.inc(refused);
  eventsSaved.inc(outcomes.length - refused);
};
