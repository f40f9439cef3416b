import { type Client, errors } from "@elastic/elasticsearch";
import { askServer, type Ask } from "./ask-server.ts";
import { storeError } from "../store-error.ts";
import { once } from "./once.ts";
import type { StoreServer } from "./store-server.ts";

/**
 * What the server below any client is. It is asked once; after an error, again with the next call.
 *
 * @throws {StoreError} see {@link askServer}.
 */
export const serverOfClient = (client: Client): (() => Promise<StoreServer>) => {
  const ask: Ask = async (path, querystring, accept) => {
    try {
      const request = { method: "GET", path, querystring };
      return await client.transport.request(request, { meta: true, headers: { accept } });
    } catch (error) {
      if (!(error instanceof errors.ResponseError)) throw storeError("Cannot ask the store what it is", error);
      return { statusCode: error.statusCode ?? 0, headers: error.headers ?? {}, body: error.body };
    }
  };
  return once(() => askServer(ask));
};
