import type { FastifyInstance } from "fastify";
import { type Exchange, serve } from "../http/serve.ts";
import type { IntakeOptions } from "./intake-options.ts";
import { acceptEventBodies } from "./receive-body.ts";

/** Of no deployment: nothing depends on it. */
const LICENSE = {
  status: "active",
  uid: "00000000-0000-0000-0000-000000000000",
  type: "basic",
  mode: "basic",
} as const;

/**
 * What log shippers ask and install before they send their first event. Whatever they look for is there, so they go on.
 *
 * @see libbeat `licenser`, `idxmgmt`; the Elasticsearch output of Logstash.
 */
export const installedRoutes = (app: FastifyInstance, options: IntakeOptions): void => {
  acceptEventBodies(app, options);
  const asElasticsearch = <Body>({ reply }: Pick<Exchange<"getLicense">, "reply">, body: Body): Body => {
    reply.header("x-elastic-product", "Elasticsearch");
    return body;
  };
  const acknowledged = { acknowledged: true } as const;
  serve(app, "getLicense", (exchange) => asElasticsearch(exchange, { license: LICENSE }));
  serve(app, "getXpack", (exchange) => asElasticsearch(exchange, { license: LICENSE, features: { ilm: FEATURE } }));
  serve(app, "getLifecyclePolicy", (exchange) =>
    asElasticsearch(exchange, { [exchange.params.name]: { version: 1, policy: { phases: {} } } }),
  );
  serve(app, "getIndexTemplate", (exchange) =>
    asElasticsearch(exchange, {
      index_templates: [{ name: exchange.params.name, index_template: { index_patterns: [] } }],
    }),
  );
  serve(app, "getComponentTemplate", (exchange) =>
    asElasticsearch(exchange, {
      component_templates: [{ name: exchange.params.name, component_template: { template: {} } }],
    }),
  );
  serve(app, "getLegacyTemplate", (exchange) =>
    asElasticsearch(exchange, { [exchange.params.name]: { order: 0, index_patterns: [] } }),
  );
  serve(app, "getIngestPipeline", (exchange) =>
    asElasticsearch(exchange, { [exchange.params.name]: { processors: [] } }),
  );
  serve(app, "getDataStream", (exchange) =>
    asElasticsearch(exchange, { data_streams: [{ name: exchange.params.name, status: "GREEN" }] }),
  );
  serve(app, "getIndexAlias", (exchange) =>
    asElasticsearch(exchange, { [exchange.params.name]: { aliases: { [exchange.params.name]: {} } } }),
  );
  for (const name of PUTS) serve(app, name, (exchange) => asElasticsearch(exchange, acknowledged));
};

const FEATURE = { available: true, enabled: true } as const;

const PUTS = [
  "putLifecyclePolicy",
  "putIndexTemplate",
  "putComponentTemplate",
  "putLegacyTemplate",
  "putIngestPipeline",
  "putDataStream",
] as const;
