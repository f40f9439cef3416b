import { createPrivateKey, X509Certificate } from "node:crypto";
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import type { ConnectionOptions } from "node:tls";
import { optionError } from "./check-options.ts";
import type { TlsOptions } from "./connect-options.ts";

const isPem = (text: string): boolean => text.includes("-----BEGIN ");

/**
 * Options of TLS as Node has them, files read.
 *
 * @throws {StoreError} `STORE_OPTION_INVALID` naming the option whose file cannot be read, or that is not PEM.
 */
export const tlsOptions = (
  { ca, cert, key }: TlsOptions,
  folder: string,
): Pick<ConnectionOptions, "ca" | "cert" | "key"> => {
  const read = (name: keyof TlsOptions, value: string): string => pemOf(`tls.${name}`, value, folder);
  const options = {
    ...(ca !== undefined && { ca: checked("tls.ca", read("ca", ca), "a certificate", isCertificate) }),
    ...(cert !== undefined && { cert: checked("tls.cert", read("cert", cert), "a certificate", isCertificate) }),
    ...(key !== undefined && { key: checked("tls.key", read("key", key), "a private key", isKey) }),
  };
  if (options.cert !== undefined && options.key !== undefined && !isPair(options.cert, options.key))
    throw optionError("tls.key", "is not the key of the certificate tls.cert.");
  return options;
};

const pemOf = (name: string, value: string, folder: string): string => {
  if (isPem(value)) return value;
  const file = resolve(folder, value);
  const text = textOf(name, file);
  if (isPem(text)) return text;
  throw optionError(name, `expected PEM text, or the path of a file with PEM text. Received: ${file}, which has none.`);
};

const textOf = (name: string, file: string): string => {
  try {
    return readFileSync(file, "utf8");
  } catch (cause) {
    const reason = cause instanceof Error && "code" in cause ? String(cause.code) : "unknown reason";
    throw optionError(name, `expected PEM text, or the path of a file. Cannot read ${file} (${reason}).`, cause);
  }
};

const checked = (name: string, pem: string, what: string, check: (pem: string) => unknown): string => {
  try {
    check(pem);
    return pem;
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw optionError(name, `does not hold ${what} that can be read: ${reason}.`, cause);
  }
};

const isCertificate = (pem: string): X509Certificate => new X509Certificate(pem);
const isKey = (pem: string): unknown => createPrivateKey(pem);
const isPair = (cert: string, key: string): boolean => new X509Certificate(cert).checkPrivateKey(createPrivateKey(key));
