import { type Client, createClient } from "@mozdef/alert-api/client";
import { once } from "node:events";
import { type IncomingMessage, request as requestHttp } from "node:http";
import { request as requestHttps } from "node:https";
import { text as textOf } from "node:stream/consumers";
import { readLocalKey } from "../auth/local-key.ts";
import type { LoadedConfig } from "../config/load-config.ts";
import { readCertificate } from "../listen/certificate.ts";

/** A client of the service that runs with a configuration. */
export interface LocalService {
  readonly client: Client;
  readonly url: string;
}

/**
 * The service that runs with this configuration on this machine. It is asked by the key that it has left beside its embedded store. Over
 * TLS only the certificate of the configuration is taken, whatever name it has.
 */
export const localService = ({ config, folder }: Pick<LoadedConfig, "config" | "folder">): LocalService => {
  const { listen, store } = config;
  const certificate = readCertificate(listen, folder);
  const url = `${certificate === null ? "http" : "https"}://${nameOf(listen.host)}:${listen.port}`;
  const token = readLocalKey(store, folder) ?? undefined;
  return { client: createClient({ url, token, fetch: pinnedFetch(certificate?.cert) }), url };
};

/** Asks without a pool of connections, and by a name that is always right: over TLS, a certificate says by which the service may be called. */
const pinnedFetch =
  (ca: string | undefined) =>
  async (url: string, { method = "GET", headers, body }: RequestInit): Promise<Response> => {
    const sent = { method, headers: { ...Object.fromEntries(new Headers(headers)), host: "localhost" } };
    // A certificate that another one has signed is an anchor of trust here all the same.
    const pinned = { ca, allowPartialTrustChain: true, checkServerIdentity: () => undefined };
    const request = ca === undefined ? requestHttp(url, sent) : requestHttps(url, { ...sent, ...pinned });
    request.end(typeof body === "string" ? body : undefined);
    const [response] = (await once(request, "response")) as [IncomingMessage];
    const { statusCode: status = 0, headers: received } = response;
    return new Response(await textOf(response), {
      status,
      headers: { "content-type": received["content-type"] ?? "" },
    });
  };

/** A service on all addresses is asked on loopback. */
const nameOf = (host: string): string => {
  if (host === "0.0.0.0") return "127.0.0.1";
  if (host === "::") return "[::1]";
  return host.includes(":") ? `[${host}]` : host;
};
