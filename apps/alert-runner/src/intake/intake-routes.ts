import type { FastifyInstance } from "fastify";
import { type Exchange, serve } from "../http/serve.ts";
import { countOutcomes, type IntakeOptions, saveSettings } from "./intake-options.ts";
import { parseLines } from "./parse-lines.ts";
import { acceptEventBodies, bytesOf } from "./read-body.ts";
import { isRefused, type Outcome, type OutcomeRefused, saveParsed } from "./save-parsed.ts";

type IntakeRoute = "takeEvents" | "takeNxlogEvents" | "takeCefEvents" | "takeCustomEvents";

/**
 * MozDef's ways in for events, each of which says in the event where it came from.
 *
 * @see MozDef `loginput/index.py`.
 */
export const intakeRoutes = (app: FastifyInstance, options: IntakeOptions): void => {
  acceptEventBodies(app);
  const { store, metrics, limits } = options;
  const take = async (exchange: Exchange<IntakeRoute>, extra: Readonly<Record<string, unknown>>) => {
    const parsed = parseLines(bytesOf(exchange.request));
    const outcomes = await saveParsed(store, parsed, { ...saveSettings(options), extra });
    countOutcomes(metrics, outcomes);
    return answer(exchange, outcomes);
  };
  const limit = { bodyLimit: limits.bodyBytes };
  serve(app, "takeEvents", (exchange) => take(exchange, { endpoint: "events" }), limit);
  serve(app, "takeNxlogEvents", (exchange) => take(exchange, { endpoint: "events" }), limit);
  serve(app, "takeCefEvents", (exchange) => take(exchange, { endpoint: "cef" }), limit);
  serve(
    app,
    "takeCustomEvents",
    (exchange) => take(exchange, { endpoint: exchange.params.name, customendpoint: true }),
    limit,
  );
};

/** Of refusals; 500 is for those that the contract does not name. */
const STATUSES = [400, 403, 404, 429] as const;

/** 200 when all events are saved, 207 when some are, otherwise the status of the first refusal. */
const answer = (exchange: Exchange<IntakeRoute>, outcomes: readonly Outcome[]) => {
  const refused = outcomes.filter(isRefused);
  const [first] = refused;
  const saved = outcomes.length - refused.length;
  const report = { saved, refused: refused.map(({ line, code, reason }) => ({ line, code, reason })) };
  if (first === undefined) return exchange.answer(200, report);
  if (saved > 0) return exchange.answer(207, report);
  const error = { code: "EVENTS_REFUSED", message: refusalOf(first, refused.length) };
  return exchange.answer(STATUSES.find((status) => status === first.status) ?? 500, { error, ...report });
};

const refusalOf = ({ line, reason }: OutcomeRefused, count: number): string =>
  `No event was saved. Line ${line}: ${reason}${count === 1 ? "" : ` (and ${count - 1} more)`}`;
