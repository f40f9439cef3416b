export { ApiError } from "./client/api-error.ts";
export { createClient } from "./client/create-client.ts";
export { isGranted } from "./scopes.ts";
export { createRequester, etagOf } from "./client/requester.ts";

export type { Client } from "./client/create-client.ts";
export type { CallAnswer, CallName, CallOptions, CallSettings, EndpointOf, RawBody } from "./client/request-types.ts";
export type { ClientOptions, Requester } from "./client/requester.ts";
