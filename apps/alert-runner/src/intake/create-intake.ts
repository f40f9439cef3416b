import type { Clock } from "@mozdef/alert-engine";
import type { Parser } from "@mozdef/event-intake";
import type { FastifyBaseLogger } from "fastify";
import { Gauge } from "prom-client";
import type { Limits } from "../config/config-schema.ts";
import type { Metrics } from "../metrics.ts";
import { ByteBudget } from "./byte-budget.ts";
import { IntakeWatch } from "./intake-watch.ts";
import { Turns } from "./turns.ts";
import { Underway } from "./underway.ts";

/** What all ways in for events share. */
export interface Intake {
  readonly watch: IntakeWatch;
  readonly budget: ByteBudget;
  readonly turns: Turns;
  readonly underway: Underway;
  /** Those of packs; asked before the ones that come with the service. */
  readonly parsers: readonly Parser[];
}

export interface CreateIntakeOptions {
  readonly clock: Clock;
  readonly metrics: Metrics;
  readonly log: FastifyBaseLogger;
  readonly limits: Pick<Limits, "inFlightBytes">;
  /** Of packs. Default: none. */
  readonly parsers?: readonly Parser[];
}

export const createIntake = ({ clock, metrics, log, limits, parsers = [] }: CreateIntakeOptions): Intake => {
  const budget = new ByteBudget(limits.inFlightBytes);
  const gauge: Gauge = new Gauge({
    name: "mozdef_intake_bytes",
    help: "Bytes that the bodies of requests with events take now.",
    registers: [metrics.registry],
    collect: () => gauge.set(budget.used),
  });
  return {
    watch: new IntakeWatch({ clock, metrics, log }),
    budget,
    turns: new Turns(),
    underway: new Underway(),
    parsers,
  };
};
