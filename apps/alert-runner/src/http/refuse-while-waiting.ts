import { StoreError } from "@mozdef/alert-store";
import type { FastifyInstance } from "fastify";

/** What is told to those who come again. */
const RETRY_SECONDS = "5";

/** What the interface is does not depend on what is stored. */
const DESCRIPTIONS: ReadonlySet<string | undefined> = new Set(["getOpenApi", "getReference"]);

/**
 * As long as the store has not been made ready, nothing is asked of it and nothing is written: an index that an early event makes would
 * have no mapping of the service. Pages, `/status`, `/live`, `/ready` and `/metrics` answer.
 */
export const refuseWhileWaiting = (app: FastifyInstance, isReady: () => boolean): void => {
  app.addHook("onRequest", ({ method, url, routeOptions: { config } }, reply, done) => {
    const isRead = method === "GET" || method === "HEAD";
    const needsStore = !isRead || (url.startsWith("/api/") && !DESCRIPTIONS.has(config.name));
    if (isReady() || !needsStore) {
      done();
      return;
    }
    reply.header("retry-after", RETRY_SECONDS);
    done(
      new StoreError(
        "STORE_UNAVAILABLE",
        "The service has been started and waits for its store: nothing can be saved or read yet. GET /status says why.",
        { retryable: true },
      ),
    );
  });
};
