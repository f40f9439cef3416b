import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { countOutcomes, type IntakeOptions, saveSettings } from "./intake-options.ts";
import { parseLines } from "./parse-lines.ts";
import { acceptEventBodies, bytesOf } from "./read-body.ts";
import { isRefused, type Outcome, saveParsed } from "./save-parsed.ts";

/**
 * MozDef's ways in for events, each of which says in the event where it came from.
 *
 * @see MozDef `loginput/index.py`.
 */
export const intakeRoutes = (app: FastifyInstance, options: IntakeOptions): void => {
  acceptEventBodies(app);
  const route = (url: string, extra: (request: FastifyRequest) => Record<string, unknown>): void => {
    app.route({
      method: ["POST", "PUT"],
      url,
      bodyLimit: options.limits.bodyBytes,
      handler: async (request, reply) => {
        const parsed = parseLines(bytesOf(request));
        const outcomes = await saveParsed(options.store, parsed, { ...saveSettings(options), extra: extra(request) });
        countOutcomes(options.metrics, outcomes);
        return answer(reply, outcomes);
      },
    });
  };
  route("/events", () => ({ endpoint: "events" }));
  route("/nxlog", () => ({ endpoint: "events" }));
  route("/cef", () => ({ endpoint: "cef" }));
  route("/custom/:name", ({ params }) => ({ endpoint: (params as { name: string }).name, customendpoint: true }));
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
