import { ENDPOINTS } from "./endpoints.generated.ts";
import type { CallAnswer, CallName, CallOptions } from "./request-types.ts";
import { type ClientOptions, createRequester } from "./requester.ts";

/** A call: without options where the route needs none. */
type Call<Name extends CallName> =
  object extends CallOptions<Name>
    ? (options?: CallOptions<Name>) => Promise<CallAnswer<Name>>
    : (options: CallOptions<Name>) => Promise<CallAnswer<Name>>;

/** The routes of a service by name. Each call rejects with `ApiError` unless the service did what was asked. */
export type Client = { readonly [Name in CallName]: Call<Name> };

/**
 * A client of a service. What its calls take and give is what the contract says, for the compiler; answers are not checked when
 * they come. Makes no request by itself.
 */
export const createClient = (options: ClientOptions): Client => {
  const request = createRequester(options);
  const calls = Object.entries(ENDPOINTS).map(([name, endpoint]) => [
    name,
    (wanted: object = {}) => request(endpoint, wanted as never),
  ]);
  return Object.freeze(Object.fromEntries(calls)) as Client;
};
