import type { FastifyInstance, FastifyReply } from "fastify";
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

  for (const url of ["/_bulk", "/:index/_bulk"])
    app.route({
      method: ["POST", "PUT"],
      url,
      bodyLimit: limits.bodyBytes,
      handler: async (request, reply) => {
        const started = performance.now();
        const items = parseBulk(bytesOf(request));
        const outcomes = await saveParsed(store, items, saveSettings(options));
        countOutcomes(metrics, outcomes);
        return asElasticsearch(reply).send(bulkAnswer(items, outcomes, performance.now() - started));
      },
    });

  // Browsers get the pages; a shipper that asks whom it talks to gets what the store says of itself.
  app.get("/", async ({ headers }, reply) => {
    if (headers.accept?.includes("json") !== true || headers.accept.includes("text/html"))
      return reply.redirect("/alerts");
    return asElasticsearch(reply).send(await store.client.info());
  });
  app.get("/_cluster/health", async (_request, reply) =>
    asElasticsearch(reply).send(await store.client.cluster.health()),
  );
};
