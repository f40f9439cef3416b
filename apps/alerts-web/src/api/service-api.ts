import type { AnswerOf, ServiceStatus } from "@mozdef/alert-api";
import { ask } from "./request.ts";

/** What came in since the start, by the way it came and the parser that understood it. */
export type IntakeView = AnswerOf<"getIntake", 200>;

/** How the service is, also when it does not work. */
export const getStatus = (signal: AbortSignal): Promise<ServiceStatus> =>
  ask<"getStatus">("GET /status", { signal, answerStatus: 503 });

/** What came in. */
export const getIntake = (signal: AbortSignal): Promise<IntakeView> => ask<"getIntake">("GET /api/intake", { signal });
