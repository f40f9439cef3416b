import type { FastifyInstance } from "fastify";
import { type Exchange, serve } from "../http/serve.ts";
import type { IntakeOptions } from "./intake-options.ts";
import { refuseUnreadable, ReportBuilder } from "./intake-report.ts";
import { lineReader, parserOf, recordReader } from "./event-reader.ts";
import { plainItems } from "./plain-items.ts";
import { acceptEventBodies, withBody } from "./receive-body.ts";
import { senderOf } from "./sender-counts.ts";
import { takeEvents } from "./take-events.ts";

type IntakeRoute = "takeEvents" | "takeNxlogEvents" | "takeCefEvents" | "takeCustomEvents";

/** Logs come as text, everything else is JSON whatever it is called. */
const isText = (type: string | undefined): boolean => type?.split(";", 1)[0]?.trim().toLowerCase() === "text/plain";

/** The names of custom routes are the senders': counting them by name would have no bounds. */
const viaOf = ({ endpoint, customendpoint }: Extra): string => (customendpoint === true ? "custom" : endpoint);

/** What the route says in each event. */
interface Extra extends Readonly<Record<string, unknown>> {
  readonly endpoint: string;
  readonly customendpoint?: true;
}

/**
 * MozDef's ways in for events, each of which says in the event where it came from.
 *
 * @see MozDef `loginput/index.py`.
 */
export const intakeRoutes = (app: FastifyInstance, options: IntakeOptions): void => {
  acceptEventBodies(app, options);
  const { clock, watch, parsers } = options;
  const take = (exchange: Exchange<IntakeRoute>, extra: Extra) =>
    withBody(exchange.request, async (body) => {
      const report = new ReportBuilder();
      const now = clock.now();
      const isLog = isText(exchange.request.headers["content-type"]);
      const reading = { receivedAt: now, via: viaOf(extra), parsers };
      await takeEvents(body, {
        ...options,
        now,
        extra,
        isText: isLog,
        reader: plainItems(isLog ? lineReader(reading) : recordReader(reading)),
        onOutcome: (parsed, outcome) => {
          report.add(outcome);
          watch.count(outcome, { via: viaOf(extra), parser: parserOf(parsed), sender: senderOf(exchange.request) });
        },
      });
      return answer(exchange, report);
    });
  serve(app, "takeEvents", (exchange) => take(exchange, { endpoint: "events" }));
  serve(app, "takeNxlogEvents", (exchange) => take(exchange, { endpoint: "events" }));
  serve(app, "takeCefEvents", (exchange) => take(exchange, { endpoint: "cef" }));
  serve(app, "takeCustomEvents", (exchange) =>
    take(exchange, { endpoint: exchange.params.name, customendpoint: true }),
  );
};

/** Of refusals; 500 is for those that the contract does not name. */
const STATUSES = [400, 403, 404, 429, 503] as const;

/** 200 when all events are saved, 207 when some are, otherwise the status of the refusal that matters most. */
const answer = (exchange: Exchange<IntakeRoute>, builder: ReportBuilder) => {
  const { worst, report, saved, message } = builder;
  if (worst === undefined) return exchange.answer(200, report);
  if (worst.status === 429 || worst.status === 503) exchange.reply.header("retry-after", "5");
  if (saved > 0) return exchange.answer(207, report);
  refuseUnreadable(builder);
  const code = worst.status === 503 ? "STORE_UNAVAILABLE" : "EVENTS_REFUSED";
  return exchange.answer(STATUSES.find((status) => status === worst.status) ?? 500, {
    error: { code, message },
    ...report,
  });
};
