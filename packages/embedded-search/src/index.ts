export { EmbeddedConnection } from "./connection.ts";
export { EmbeddedSearch, type EmbeddedSearchOptions } from "./embedded-search.ts";
export { EmbeddedTransport } from "./embedded-transport.ts";
export type { StoreRequest, StoreResponse } from "./api/handle-request.ts";
export type { ListeningStore, ListenOptions } from "./listen.ts";
export type { OpenProgress } from "./cluster/load-store.ts";
export type { IndexShare, Room, StoreUsage } from "./cluster/capacity.ts";
export type { Recovery } from "./cluster/recover.ts";
export { StorageError, type StorageErrorCode } from "./storage/storage-error.ts";
