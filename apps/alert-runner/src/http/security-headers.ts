import type { FastifyInstance } from "fastify";
import { isPage } from "./page-paths.ts";

/** Nothing inline, nothing from elsewhere, in no frame. */
const PAGE_POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";
const DATA_POLICY = "default-src 'none'; frame-ancestors 'none'";

/** Headers that keep browsers from doing more with an answer than it is meant for. */
export const securityHeaders = (app: FastifyInstance): void => {
  app.addHook("onSend", (request, reply, _payload, done) => {
    // Not by the type of the answer: "304 Not Modified" has none, and its headers replace those of the page kept.
    if (!reply.hasHeader("content-security-policy"))
      reply.header("content-security-policy", isPage(request.url) ? PAGE_POLICY : DATA_POLICY);
    reply.headers({
      "cross-origin-opener-policy": "same-origin",
      "cross-origin-resource-policy": "same-origin",
      "x-content-type-options": "nosniff",
      "x-frame-options": "DENY",
    });
    if (!reply.hasHeader("referrer-policy")) reply.header("referrer-policy", "no-referrer");
    if (!reply.hasHeader("cache-control")) reply.header("cache-control", "no-store");
    done();
  });
};
