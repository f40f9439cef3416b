export { EmbeddedConnection } from "./connection.ts";
export { EmbeddedSearch, type EmbeddedSearchOptions } from "./embedded-search.ts";
export { EmbeddedTransport } from "./embedded-transport.ts";
export { type StoreRequest, type StoreResponse } from "./http/handle-request.ts";
export { type ListeningStore, type ListenOptions } from "./listen.ts";
export { type OpenProgress } from "./storage/load-store.ts";
export { type Recovery } from "./storage/recover.ts";
export { StorageError, type StorageErrorCode } from "./storage/storage-error.ts";
