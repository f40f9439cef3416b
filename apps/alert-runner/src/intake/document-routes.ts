import type { FastifyInstance } from "fastify";
import { type Exchange, serve } from "../http/serve.ts";
import { answeredReader, parserOf } from "./event-reader.ts";
import type { IntakeOptions } from "./intake-options.ts";
import { isRefusal, type Parsed } from "./parse-piece.ts";
import { acceptEventBodies, withBody } from "./receive-body.ts";
import { isRefused, type Outcome } from "./save-parsed.ts";
import { senderOf } from "./sender-counts.ts";
import { takeEvents } from "./take-events.ts";

type DocumentRoute = "createDocument" | "createDocumentWithId" | "createNewDocument";

/** One event a request, as Elasticsearch takes documents: scripts and small clients send so. */
export const documentRoutes = (app: FastifyInstance, options: IntakeOptions): void => {
  acceptEventBodies(app, options);
  const { clock, watch, parsers } = options;
  const take = (exchange: Exchange<DocumentRoute>, id: string | undefined) =>
    withBody(exchange.request, async (body) => {
      const now = clock.now();
      const events = answeredReader({ receivedAt: now, via: "document", parsers });
      const outcomes: Outcome[] = [];
      await takeEvents<Parsed>(body, {
        ...options,
        now,
        limits: { ...options.limits, requestEvents: 1 },
        reader: {
          read: (values) => values.flatMap((parsed) => events.read(withId(parsed, id))),
          end: () => events.end(),
          eventsOf: (parsed) => [parsed],
          valuesOfItem: 1,
        },
        onOutcome: (parsed, outcome) => {
          outcomes.push(outcome);
          watch.count(outcome, { via: "document", parser: parserOf(parsed), sender: senderOf(exchange.request) });
        },
      });
      return answer(exchange, outcomes);
    });
  serve(app, "createDocument", (exchange) => take(exchange, undefined));
  serve(app, "createDocumentWithId", (exchange) => take(exchange, exchange.params.id));
  serve(app, "createNewDocument", (exchange) => take(exchange, exchange.params.id));
};

const withId = (parsed: Parsed, id: string | undefined): Parsed =>
  id === undefined || isRefusal(parsed) ? parsed : { ...parsed, id };

/** Of several events in one document a refusal is told, so that it is sent again. */
const answer = ({ answer, reply }: Exchange<DocumentRoute>, outcomes: readonly Outcome[]) => {
  reply.header("x-elastic-product", "Elasticsearch");
  const outcome = outcomes.find(isRefused) ?? outcomes[0];
  if (outcome === undefined) {
    const reason = "there is no event in it: expected one object, received an empty list";
    return answer(400, { error: { type: "document_parsing_exception", reason }, status: 400 });
  }
  if (!isRefused(outcome)) {
    const { _index, _id } = outcome;
    const shards = { total: 1, successful: 1, failed: 0 };
    return answer(201, { _index, _id, _version: 1, result: "created", _shards: shards, _seq_no: 0, _primary_term: 1 });
  }
  const status = outcome.status === 429 || outcome.status === 503 ? outcome.status : 400;
  return answer(status, { error: { type: "document_parsing_exception", reason: outcome.reason }, status });
};
