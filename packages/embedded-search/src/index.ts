export { EmbeddedSearch, type EmbeddedSearchOptions } from "./embedded-search.ts";
export { type StoreRequest, type StoreResponse } from "./http/handle-request.ts";
