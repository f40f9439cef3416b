import { Readable } from "node:stream";
import { buffer } from "node:stream/consumers";
import {
  BaseConnection,
  type ConnectionRequestOptions,
  type ConnectionRequestOptionsAsStream,
  type ConnectionRequestParams,
  type ConnectionRequestResponse,
  type ConnectionRequestResponseAsStream,
  errors,
} from "@elastic/elasticsearch";
import { type StoreRequest, type StoreResponse } from "./http/handle-request.ts";

type Handle = (request: StoreRequest) => StoreResponse;
type Options = ConnectionRequestOptions | ConnectionRequestOptionsAsStream;
type Response = ConnectionRequestResponse & ConnectionRequestResponseAsStream;

/** Makes the `Connection` class of the official client that asks `handle` instead of the network. */
export function connectionTo(handle: Handle): typeof BaseConnection {
  return class EmbeddedConnection extends BaseConnection {
    override async request(params: ConnectionRequestParams, options: Options): Promise<Response> {
      if (options.signal?.aborted === true) throw new errors.RequestAbortedError("Request aborted");
      const { method, path, querystring, headers } = params;
      const body = await readBody(params.body);
      const response = handle({ method, path, querystring, headers, body });
      const streams = "asStream" in options;
      // The client types its two kinds of answer as overloads; which one it is, it decides by the options.
      return { ...response, body: streams ? Readable.from([response.body]) : response.body } as unknown as Response;
    }

    override close(): Promise<void> {
      return Promise.resolve();
    }
  };
}

async function readBody(body: ConnectionRequestParams["body"]): Promise<string | Uint8Array | undefined> {
  if (body == null) return undefined;
  return body instanceof Readable ? buffer(body) : body;
}
