import { StoreError, tlsOptions } from "@mozdef/alert-store";
import type { FastifyBaseLogger } from "fastify";
import type { SecureContextOptions } from "node:tls";
import type { ListenConfig } from "../config/listen-schema.ts";
import { RunnerError } from "../runner-error.ts";

/** The certificate of the service and its key, in PEM. */
export interface Certificate {
  readonly cert: string;
  readonly key: string;
}

/**
 * Reads the certificate of the configuration; null when it has none.
 *
 * @throws {RunnerError} `CONFIG_INVALID` naming the file that cannot be read, or that is none.
 */
export const readCertificate = ({ tls }: ListenConfig, folder: string): Certificate | null => {
  if (tls === undefined) return null;
  try {
    return tlsOptions(tls, folder) as Certificate;
  } catch (error) {
    if (!(error instanceof StoreError)) throw error;
    throw new RunnerError("CONFIG_INVALID", `The configuration is wrong: listen.${error.message}`, { cause: error });
  }
};

const LOOK_MS = 60_000;

export interface RenewalOptions {
  readonly certificate: Certificate;
  /** @throws when what is there now cannot be used. */
  readonly read: () => Certificate | null;
  readonly server: { readonly setSecureContext: (options: SecureContextOptions) => void };
  readonly log: Pick<FastifyBaseLogger, "info" | "error">;
}

/**
 * Takes over a certificate whose files have changed: new connections get the new one. One that cannot be used is told, and the one
 * before goes on.
 *
 * @returns what looks now, and ends the looking.
 */
export const renewCertificate = ({ certificate, read, server, log }: RenewalOptions) => {
  let used = certificate;
  let told = "";
  const look = (): void => {
    try {
      const found = read();
      if (found === null || (found.cert === used.cert && found.key === used.key)) return;
      server.setSecureContext({ ...found });
      used = found;
      told = "";
      log.info("the certificate has changed: new connections get the new one");
    } catch (err) {
      const message = String(err);
      if (message !== told) log.error({ err }, "the new certificate cannot be used: the one before goes on");
      told = message;
    }
  };
  const timer = setInterval(look, LOOK_MS);
  timer.unref();
  return { look, stop: () => clearInterval(timer) };
};
