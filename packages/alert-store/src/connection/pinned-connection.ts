import { BaseConnection, type ConnectionOptions, errors, UndiciConnection } from "@elastic/elasticsearch";
import type { ConnectionRequestOptions, ConnectionRequestParams } from "@elastic/elasticsearch";
import { isIP } from "node:net";
import { connect, type DetailedPeerCertificate, type TLSSocket } from "node:tls";
import { once } from "./once.ts";

const normal = (fingerprint: string): string => fingerprint.replaceAll(":", "").toUpperCase();

/**
 * Connections that trust the certificate of a fingerprint, as if it had been given. The client can compare a fingerprint too,
 * but does not check that this certificate signed the server's: anybody may send it along, it is public.
 */
export const pinnedConnection = (fingerprint: string): typeof BaseConnection =>
  class PinnedConnection extends BaseConnection {
    readonly #trusting: () => Promise<UndiciConnection>;

    constructor(options: ConnectionOptions) {
      super(options);
      this.#trusting = once(async () => {
        const ca = await certificateOf(options, fingerprint);
        return new UndiciConnection({ ...options, tls: { ...options.tls, ca, allowPartialTrustChain: true } });
      });
    }

    override async request(params: ConnectionRequestParams, options: ConnectionRequestOptions): Promise<never> {
      const connection = await this.#trusting();
      return (await connection.request(params, options)) as never;
    }

    override async close(): Promise<void> {
      const connection = await this.#trusting().catch(() => undefined);
      await connection?.close();
    }
  };

/** The certificate of a fingerprint in the chain that the server shows, as PEM. Nothing else is believed of it yet. */
const certificateOf = async ({ url, tls, timeout }: ConnectionOptions, fingerprint: string): Promise<string> => {
  const socket = connect({
    ...tls,
    host: url.hostname.replaceAll(/[[\]]/g, ""),
    port: Number(url.port) || 443,
    ...(isIP(url.hostname) === 0 && { servername: url.hostname }),
    rejectUnauthorized: false,
    timeout: timeout ?? 0,
  });
  try {
    const chain = await chainOf(socket);
    const [, found] = [...chain].find(([shown]) => normal(shown) === normal(fingerprint)) ?? [];
    if (found !== undefined) return pem(found);
    throw new errors.ConnectionError(
      `no certificate of ${url.host} has the fingerprint tls.fingerprint. Shown were: ${[...chain.keys()].join(", ")}.`,
    );
  } finally {
    socket.destroy();
  }
};

/** What the server shows, by fingerprint. */
const chainOf = (socket: TLSSocket): Promise<ReadonlyMap<string, Buffer>> =>
  new Promise((resolve, reject) => {
    const fail = (error: Error): void => reject(new errors.ConnectionError(error.message));
    socket.once("error", fail);
    socket.once("timeout", () => fail(new Error("the server does not answer")));
    socket.once("secureConnect", () => resolve(chainBelow(socket.getPeerCertificate(true))));
  });

const chainBelow = (first: Partial<DetailedPeerCertificate>): ReadonlyMap<string, Buffer> => {
  const chain = new Map<string, Buffer>();
  let { raw, fingerprint256, issuerCertificate }: Partial<DetailedPeerCertificate> = first;
  // The last one is its own issuer.
  while (raw !== undefined && fingerprint256 !== undefined && !chain.has(fingerprint256)) {
    chain.set(fingerprint256, raw);
    ({ raw, fingerprint256, issuerCertificate } = issuerCertificate ?? {});
  }
  return chain;
};

const pem = (der: Buffer): string =>
  `-----BEGIN CERTIFICATE-----\n${der.toString("base64")}\n-----END CERTIFICATE-----\n`;
