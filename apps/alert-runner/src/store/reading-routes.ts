import { type AlertStore, answerRelayed } from "@mozdef/alert-store";
import type { FastifyInstance } from "fastify";
import { HttpError } from "../http/http-error.ts";
import { type Exchange, serve } from "../http/serve.ts";

export interface ReadingOptions {
  readonly store: AlertStore;
  /** Whether the store may be read by whoever may call the service. */
  readonly isReadable: boolean;
}

type ReadingRoute =
  "searchStore" | "searchIndices" | "searchManyTimes" | "countIndices" | "openPointInTime" | "closePointInTime";

/** The largest body: searches of many alerts at once. */
const BODY_BYTES = 10 * 1_024 * 1_024;

/** Reads the store for the tools of those who write alerts, as Elasticsearch would; nothing here changes it. */
export const readingRoutes = (app: FastifyInstance, { store, isReadable }: ReadingOptions): void => {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser("*", { parseAs: "string" }, (_request, body, done) => done(null, body));
  const read = async ({ request, reply, answer }: Exchange<ReadingRoute>) => {
    if (!isReadable)
      throw new HttpError("STORE_CLOSED", "The store is for the service alone. Started with --watch, it may be read.");
    const [path = "", querystring = ""] = request.url.split("?");
    const body = typeof request.body === "string" && request.body !== "" ? request.body : null;
    const { statusCode, body: text } = await answerRelayed(store.client, {
      ...{ method: request.method, path, querystring, body },
    });
    reply.header("x-elastic-product", "Elasticsearch");
    return answer(knownStatus(statusCode), JSON.parse(text) as Record<string, unknown>);
  };
  const options = { bodyLimit: BODY_BYTES };
  serve(app, "searchStore", read, options);
  serve(app, "searchIndices", read, options);
  serve(app, "searchManyTimes", read, options);
  serve(app, "countIndices", read, options);
  serve(app, "openPointInTime", read, options);
  serve(app, "closePointInTime", read, options);
};

const STATUSES = [200, 400, 404, 413, 429, 503] as const;

/** What a store answers beyond these is its own trouble. */
const knownStatus = (status: number): (typeof STATUSES)[number] | 500 =>
  STATUSES.find((known) => known === status) ?? 500;
