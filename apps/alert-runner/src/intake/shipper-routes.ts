import type { FastifyInstance, FastifyReply } from "fastify";
import { type Exchange, serve } from "../http/serve.ts";
import { bulkAnswer } from "./bulk-answer.ts";
import { countOutcomes, type IntakeOptions, saveSettings } from "./intake-options.ts";
import { parseBulk } from "./parse-bulk.ts";
import { acceptEventBodies, bytesOf } from "./read-body.ts";
import { saveParsed } from "./save-parsed.ts";

/** What log shippers and the official clients need of Elasticsearch's API to send events. */
export const shipperRoutes = (app: FastifyInstance, options: IntakeOptions): void => {
  acceptEventBodies(app);
  const { store, limits, metrics } = options;

  // The official clients refuse to talk to a server that does not send this.
  const asElasticsearch = (reply: FastifyReply) => reply.header("x-elastic-product", "Elasticsearch");

  const bulk = async ({ request, reply }: Exchange<"bulk" | "bulkOfIndex">) => {
    const started = performance.now();
    const items = parseBulk(bytesOf(request));
    const outcomes = await saveParsed(store, items, saveSettings(options));
    countOutcomes(metrics, outcomes);
    asElasticsearch(reply);
    return bulkAnswer(items, outcomes, performance.now() - started);
  };
  serve(app, "bulk", bulk, { bodyLimit: limits.bodyBytes });
  serve(app, "bulkOfIndex", bulk, { bodyLimit: limits.bodyBytes });

  // Browsers get the pages; a shipper that asks whom it talks to gets what the store says of itself.
  serve(app, "describeStore", async ({ request: { headers }, reply, answer }) => {
    if (headers.accept?.includes("json") !== true || headers.accept.includes("text/html"))
      return answer(302, "/alerts");
    asElasticsearch(reply);
    return store.client.info();
  });
  serve(app, "storeHealth", ({ reply }) => {
    asElasticsearch(reply);
    return store.client.cluster.health();
  });
};
