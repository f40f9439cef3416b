import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { AlertStore } from "@mozdef/alert-store";
import type { Clock } from "../clock.ts";
import type { Metrics } from "../http/metrics.ts";
import type { Limits } from "../config/config-schema.ts";
import { bulkAnswer } from "./bulk-answer.ts";
import { parseBulk } from "./parse-bulk.ts";
import { parseLines } from "./parse-lines.ts";
import { acceptEventBodies, bytesOf } from "./read-body.ts";
import { type Outcome, type OutcomeRefused, saveParsed } from "./save-parsed.ts";

export interface IntakeOptions {
  readonly store: AlertStore;
  readonly clock: Clock;
  readonly limits: Limits;
  readonly metrics: Metrics;
}

const METHODS = ["POST", "PUT"];

/**
 * The ways in for events.
 *
 * @see MozDef `loginput/index.py` for `/events`, `/nxlog`, `/cef`, `/custom/:name` and `/_bulk`.
 */
export const intakeRoutes = (app: FastifyInstance, options: IntakeOptions): void => {
  acceptEventBodies(app);
  const route = (url: string, extra: (request: FastifyRequest) => Record<string, unknown>): void => {
    app.route({
      method: METHODS,
      url,
      bodyLimit: options.limits.bodyBytes,
      handler: async (request, reply) => {
        const outcomes = await save(options, request, extra(request));
        return answer(reply, outcomes);
      },
    });
  };
  route("/events", () => ({ endpoint: "events" }));
  route("/nxlog", () => ({ endpoint: "events" }));
  route("/cef", () => ({ endpoint: "cef" }));
  route("/custom/:name", ({ params }) => ({ endpoint: (params as { name: string }).name, customendpoint: true }));

  for (const url of ["/_bulk", "/:index/_bulk"])
    app.route({
      method: METHODS,
      url,
      bodyLimit: options.limits.bodyBytes,
      handler: async (request) => {
        const started = performance.now();
        const items = parseBulk(bytesOf(request));
        const outcomes = await saveParsed(options.store, items, settings(options));
        count(options.metrics, outcomes);
        return bulkAnswer(items, outcomes, performance.now() - started);
      },
    });
};

const settings = ({ clock, limits }: IntakeOptions): { now: Date; eventBytes: number } => ({
  now: clock.now(),
  eventBytes: limits.eventBytes,
});

const save = async (
  options: IntakeOptions,
  request: FastifyRequest,
  extra: Record<string, unknown>,
): Promise<readonly Outcome[]> => {
  const parsed = parseLines(bytesOf(request));
  const outcomes = await saveParsed(options.store, parsed, { ...settings(options), extra });
  count(options.metrics, outcomes);
  return outcomes;
};

const isRefused = (outcome: Outcome): outcome is OutcomeRefused => "reason" in outcome;

const count = ({ eventsSaved, eventsRefused }: Metrics, outcomes: readonly Outcome[]): void => {
  const refused = outcomes.filter(isRefused).length;
  eventsRefused.inc(refused);
  eventsSaved.inc(outcomes.length - refused);
};

/** 200 when all events are saved, 207 when some are, otherwise the status of the first refusal. */
const answer = (reply: FastifyReply, outcomes: readonly Outcome[]): FastifyReply => {
  const refused = outcomes.filter(isRefused);
  const saved = outcomes.length - refused.length;
  const [first] = refused;
  if (first === undefined) return reply.code(200).send({ saved, refused: [] });
  const report = { saved, refused: refused.map(({ line, code, reason }) => ({ line, code, reason })) };
  if (saved > 0) return reply.code(207).send(report);
  const more = refused.length === 1 ? "" : ` (and ${refused.length - 1} more)`;
  const message = `No event was saved. Line ${first.line}: ${first.reason}${more}`;
  return reply.code(first.status).send({ error: { code: "EVENTS_REFUSED", message }, ...report });
};
