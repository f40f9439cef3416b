/** How TLS is spoken. Certificates and keys are PEM texts, or paths of files that hold such. */
export interface TlsOptions {
  /** The authority that signed the cluster's certificate, when it is not a public one. */
  readonly ca?: string | undefined;
  /** SHA-256 of a certificate in the cluster's chain, 64 hex digits with or without colons; Elasticsearch prints that of its authority at its first start. Instead of `ca`. */
  readonly fingerprint?: string | undefined;
  /** The certificate that this side shows, with its `key`. */
  readonly cert?: string | undefined;
  readonly key?: string | undefined;
}

/** Where a cluster is, and how it is spoken to. Either `node` or `cloudId` is given. */
export interface ConnectOptions {
  /** `https://search.example.org:9200`, or several nodes of one cluster. */
  readonly node?: string | readonly string[];
  /** Of a deployment of Elastic Cloud, as its page shows it. */
  readonly cloudId?: string;
  readonly auth?:
    | { readonly username: string; readonly password: string }
    | { readonly apiKey: string }
    | { readonly bearer: string };
  readonly tls?: TlsOptions;
  /** `http://proxy.example.org:3128`, which is asked to connect to the cluster. */
  readonly proxy?: string;
  /**
   * Longest time for a request that has little to do, such as reading a document, in milliseconds: waiting for others and being sent again
   * are part of it. Searches and bulk requests have three times as long, changes of indices, aliases and templates six times. Default
   * 10,000.
   */
  readonly timeoutMs?: number;
  /** Sent with each request. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Whether bodies are packed by gzip. Default: with `cloudId` only. */
  readonly compression?: boolean;
  /** What paths are relative to. Default: the working directory. */
  readonly folder?: string;
}
