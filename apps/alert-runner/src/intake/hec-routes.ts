import type { FastifyInstance } from "fastify";
import { type Exchange, serve } from "../http/serve.ts";
import { lineReader, parserOf, recordReader } from "./event-reader.ts";
import type { IntakeOptions } from "./intake-options.ts";
import { plainItems } from "./plain-items.ts";
import { acceptEventBodies, withBody } from "./receive-body.ts";
import { isRefused, type OutcomeRefused } from "./save-parsed.ts";
import { senderOf } from "./sender-counts.ts";
import { takeEvents } from "./take-events.ts";

/** What the routes for events share. */
type HecExchange = Pick<Exchange<"takeHecEvents">, "request" | "answer">;

const SUCCESS = { text: "Success", code: 0 } as const;

/**
 * Splunk's HTTP Event Collector. Events are saved before they are answered, so whoever asks for acknowledgements gets them at once.
 *
 * @see Splunk, "HTTP Event Collector REST API endpoints" and its error codes.
 */
export const hecRoutes = (app: FastifyInstance, options: IntakeOptions): void => {
  acceptEventBodies(app, options);
  const take = (exchange: HecExchange, host?: string) =>
    withBody(exchange.request, async (body) => {
      if (body.length === 0) return exchange.answer(400, { text: "No data", code: 5 });
      const refused = await takeHec(body, options, {
        isText: exchange.request.routeOptions.url?.endsWith("/raw") === true,
        host,
        sender: senderOf(exchange.request),
      });
      return answer(exchange, refused);
    });
  serve(app, "takeHecEvents", (exchange) => take(exchange));
  serve(app, "takeHecEventsAt", (exchange) => take(exchange));
  serve(app, "takeHecEventsOfVersion", (exchange) => take(exchange));
  serve(app, "takeHecLines", (exchange) => take(exchange, exchange.query.host));
  serve(app, "hecHealth", () => ({ text: "HEC is healthy", code: 17 }));
  serve(app, "acknowledgeHec", ({ request, answer }) =>
    withBody(request, (body) => {
      const ids = askedAcks(body);
      return Promise.resolve(
        ids === undefined
          ? answer(400, { text: "Invalid data format", code: 6 })
          : answer(200, { acks: Object.fromEntries(ids.map((id) => [String(id), true as const])) }),
      );
    }),
  );
};

interface HecReading {
  readonly isText: boolean;
  readonly host: string | undefined;
  readonly sender: string;
}

/** @returns the refusal to tell, with the position of its event from 0; undefined when everything was saved. */
const takeHec = async (
  body: Buffer,
  options: IntakeOptions,
  { isText, host, sender }: HecReading,
): Promise<(OutcomeRefused & { readonly position: number }) | undefined> => {
  const now = options.clock.now();
  const reading = { receivedAt: now, via: "hec", parsers: options.parsers };
  let refused: (OutcomeRefused & { readonly position: number }) | undefined;
  await takeEvents(body, {
    ...options,
    now,
    isText,
    isSideBySide: true,
    ...(host !== undefined && { preset: { hostname: host } }),
    reader: plainItems(isText ? lineReader(reading) : recordReader(reading)),
    onOutcome: (parsed, outcome) => {
      options.watch.count(outcome, { via: "hec", parser: parserOf(parsed), sender });
      if (isRefused(outcome) && (refused === undefined || outcome.status > refused.status))
        refused = { ...outcome, position: outcome.line - 1 };
    },
  });
  return refused;
};

const answer = (
  { answer, request }: HecExchange,
  refused: (OutcomeRefused & { readonly position: number }) | undefined,
) => {
  if (refused === undefined) return { ...SUCCESS, ...(wantsAck(request.headers) && { ackId: 0 }) };
  if (refused.status === 429 || refused.status === 503) return answer(503, { text: "Server is busy", code: 9 });
  return answer(400, {
    text: `Invalid data format: ${refused.reason}`,
    code: 6,
    "invalid-event-number": refused.position,
  });
};

/** Senders that want acknowledgements name a channel. */
const wantsAck = (headers: HecExchange["request"]["headers"]): boolean =>
  headers["x-splunk-request-channel"] !== undefined;

const MOST_ACKS = 10_000;

const askedAcks = (body: Buffer): readonly number[] | undefined => {
  try {
    const asked: unknown = JSON.parse(body.toString("utf8"));
    const acks: unknown = typeof asked === "object" && asked !== null && "acks" in asked ? asked.acks : undefined;
    if (!Array.isArray(acks) || acks.length > MOST_ACKS) return undefined;
    return acks.every((id): id is number => Number.isSafeInteger(id)) ? acks : undefined;
  } catch {
    return undefined;
  }
};
