export { ipaddr } from "./ipaddr.ts";
export { ipSourceEnrichment } from "./ip-source-enrichment.ts";

export type { IpSourceEnrichmentOptions, KnownNetwork } from "./ip-source-enrichment.ts";
