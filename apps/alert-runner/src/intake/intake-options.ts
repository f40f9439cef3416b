import type { AlertStore } from "@mozdef/alert-store";
import type { Clock } from "@mozdef/alert-engine";
import type { Limits } from "../config/config-schema.ts";
import type { Intake } from "./create-intake.ts";

/** What the ways in for events need. */
export interface IntakeOptions extends Intake {
  readonly store: AlertStore;
  readonly clock: Clock;
  readonly limits: Limits;
}
