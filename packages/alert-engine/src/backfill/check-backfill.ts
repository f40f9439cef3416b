import { EngineError } from "../engine-error.ts";
import type { BackfillRequest } from "./backfill.ts";

/** @throws {EngineError} `BACKFILL_INVALID`. */
export const checkBackfill = ({ alerts, from, to }: BackfillRequest, now: Date): void => {
  if (alerts.length === 0) throw invalid("alerts", "the name of at least one alert", "none");
  if (from >= to) throw invalid("from", "a time before `to`", `${from.toISOString()} and ${to.toISOString()}`);
  if (to > now) throw invalid("to", `a time that is past (it is ${now.toISOString()})`, to.toISOString());
};

const invalid = (key: string, expected: string, received: string): EngineError =>
  new EngineError("BACKFILL_INVALID", `${key} of a backfill: expected ${expected}. Received: ${received}.`);
