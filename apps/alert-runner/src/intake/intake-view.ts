import { isoUtc } from "@mozdef/alert";
import type { FastifyInstance } from "fastify";
import { serve } from "../http/serve.ts";
import type { Intake } from "./create-intake.ts";
import type { Refusals } from "./intake-watch.ts";

/** What came in, for people. */
export const intakeView = (app: FastifyInstance, { watch }: Pick<Intake, "watch">): void => {
  serve(app, "getIntake", () => ({
    origins: watch.origins.map(({ last, ...counts }) => ({ ...counts, last: isoUtc(last) })),
    senders: watch.senders.map(({ last, ...counts }) => ({ ...counts, last: isoUtc(last) })),
    refusals: [...refusalsOf(watch.refusedEvents), ...refusalsOf(watch.refusedRequests)],
  }));
};

const refusalsOf = (refusals: ReadonlyMap<string, Refusals>) =>
  [...refusals].map(([code, { total, example }]) => ({ code, total, reason: example }));
