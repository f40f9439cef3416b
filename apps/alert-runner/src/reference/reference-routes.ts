import type { FastifyInstance } from "fastify";
import { serve } from "../http/serve.ts";
import { openApi } from "./openapi.ts";
import { REFERENCE_POLICY, referencePage } from "./reference-page.ts";

/** The HTTP interface, as it is described to programs and to people. */
export const referenceRoutes = (app: FastifyInstance): void => {
  const document = openApi();
  const page = referencePage(document);
  serve(app, "getOpenApi", () => document);
  serve(app, "getReference", ({ reply }) => {
    reply.headers({ "content-type": "text/html; charset=utf-8", "content-security-policy": REFERENCE_POLICY });
    return page;
  });
};
