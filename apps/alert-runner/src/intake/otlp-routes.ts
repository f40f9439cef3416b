import type { FastifyInstance } from "fastify";
import { serve } from "../http/serve.ts";
import { HttpError } from "../http/http-error.ts";
import { parserOf, recordReader } from "./event-reader.ts";
import type { IntakeOptions } from "./intake-options.ts";
import { plainItems } from "./plain-items.ts";
import { acceptEventBodies, withBody } from "./receive-body.ts";
import { isRefused, type OutcomeRefused } from "./save-parsed.ts";
import { senderOf } from "./sender-counts.ts";
import { takeEvents } from "./take-events.ts";

/** As gRPC numbers them: the sender tries again only when the code says so. */
const INVALID_ARGUMENT = 3;
const UNAVAILABLE = 14;

/**
 * Logs of OpenTelemetry over HTTP, in JSON. Its other encoding, protobuf, is refused by its content type.
 *
 * @see OpenTelemetry, "OTLP/HTTP".
 */
export const otlpRoutes = (app: FastifyInstance, options: IntakeOptions): void => {
  acceptEventBodies(app, options);
  app.addContentTypeParser("application/x-protobuf", (_request, _payload, done) =>
    done(
      new HttpError(
        "CONTENT_TYPE_UNSUPPORTED",
        'OTLP in protobuf is not supported, only OTLP in JSON. In the OpenTelemetry Collector: otlphttp with "encoding: json".',
      ),
    ),
  );
  const { clock, watch } = options;
  serve(app, "takeOtlpLogs", ({ request, answer }) =>
    withBody(request, async (body) => {
      const now = clock.now();
      const refused: OutcomeRefused[] = [];
      let all = 0;
      await takeEvents(body, {
        ...options,
        now,
        reader: plainItems(recordReader({ receivedAt: now, via: "otlp", parsers: options.parsers })),
        onOutcome: (parsed, outcome) => {
          all += 1;
          watch.count(outcome, { via: "otlp", parser: parserOf(parsed), sender: senderOf(request) });
          if (isRefused(outcome)) refused.push(outcome);
        },
      });
      const [first] = refused;
      if (first === undefined) return {};
      // Some that the store cannot take now: all are sent again, and those that are saved have the ids they had.
      const passing = refused.find(({ status }) => status === 429 || status === 503);
      if (passing !== undefined) return answer(503, { code: UNAVAILABLE, message: passing.reason });
      if (refused.length === all) return answer(400, { code: INVALID_ARGUMENT, message: first.reason });
      return { partialSuccess: { rejectedLogRecords: refused.length, errorMessage: first.reason } };
    }),
  );
};
