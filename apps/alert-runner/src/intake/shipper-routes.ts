import { storeError, StoreError } from "@mozdef/alert-store";
import type { FastifyInstance, FastifyReply } from "fastify";
import { type Exchange, serve } from "../http/serve.ts";
import { wantsPages } from "../http/wants-pages.ts";
import { BulkAnswers } from "./bulk-answer.ts";
import { answeredReader, parserOf } from "./event-reader.ts";
import type { IntakeOptions } from "./intake-options.ts";
import { refuseUnreadable, ReportBuilder } from "./intake-report.ts";
import { type BulkItem, BulkReader } from "./parse-bulk.ts";
import { isRefusal } from "./parse-piece.ts";
import { acceptEventBodies, withBody } from "./receive-body.ts";
import { senderOf } from "./sender-counts.ts";
import { type ItemReader, takeEvents } from "./take-events.ts";

/** What log shippers and the official clients need of Elasticsearch's API to send events. */
export const shipperRoutes = (app: FastifyInstance, options: IntakeOptions): void => {
  acceptEventBodies(app, options);
  const { store, clock, watch } = options;

  // The official clients refuse to talk to a server that does not send this.
  const asElasticsearch = (reply: FastifyReply) => reply.header("x-elastic-product", "Elasticsearch");

  const bulk = ({ request, reply }: Exchange<"bulk" | "bulkOfIndex">) =>
    withBody(request, async (body) => {
      const started = performance.now();
      const report = new ReportBuilder();
      const answers = new BulkAnswers();
      const now = clock.now();
      await takeEvents(body, {
        ...options,
        now,
        reader: bulkItems(now, options),
        onOutcome: (item, outcome, parsed) => {
          answers.add(item, outcome);
          report.add(outcome);
          watch.count(outcome, { via: "bulk", parser: parserOf(parsed), sender: senderOf(request) });
        },
      });
      refuseUnreadable(report);
      if (report.saved === 0 && report.worst?.status === 503) throw new StoreError("STORE_UNAVAILABLE", report.message);
      asElasticsearch(reply);
      const errors = report.worst !== undefined;
      return { took: Math.round(performance.now() - started), errors, items: answers.items };
    });
  serve(app, "bulk", bulk);
  serve(app, "bulkOfIndex", bulk);

  // Browsers get the pages; a shipper that asks whom it talks to gets what the store says of itself.
  serve(app, "describeStore", async ({ request: { headers }, reply, answer }) => {
    if (wantsPages(headers)) return answer(302, "/alerts");
    asElasticsearch(reply);
    return fromStore("Cannot ask the store what it is", store.client.info());
  });
  serve(app, "storeHealth", ({ reply }) => {
    asElasticsearch(reply);
    return fromStore("Cannot ask the store how it is", store.client.cluster.health());
  });
};

/** What the store answers to the service is not about the caller: its 401 is not theirs. */
const fromStore = async <T>(what: string, answer: Promise<T>): Promise<T> => {
  try {
    return await answer;
  } catch (cause) {
    throw storeError(what, cause);
  }
};

/** An event may have an action line before it. */
const bulkItems = (receivedAt: Date, { parsers }: IntakeOptions): ItemReader<BulkItem> => {
  const reader = new BulkReader();
  const events = answeredReader({ receivedAt, via: "bulk", parsers });
  return {
    read: (values) => reader.read(values),
    end: () => reader.end(),
    eventsOf: ({ parsed, id }) => events.read(id === undefined || isRefusal(parsed) ? parsed : { ...parsed, id }),
    valuesOfItem: 2,
  };
};
